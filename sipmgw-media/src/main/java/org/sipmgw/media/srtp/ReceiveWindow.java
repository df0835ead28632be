package org.sipmgw.media.srtp;

import java.util.Arrays;

/**
 * What was received under one SSRC: the roll-over counter (RFC 3711 section 3.3.1) and which of the last packets came
 * (section 3.3.2). A packet that is sent again on request comes late: the window holds a second and more of video.
 */
final class ReceiveWindow {
    private static final int SIZE = 1024;

    private final long[] received = new long[SIZE / Long.SIZE];
    private long highest = -1;

    /** The most likely roll-over counter of a sequence number; negative for one before the beginning. */
    int rollOver(int sequence) {
        if (highest < 0) {
            return 0;
        }
        int rollOver = (int) (highest >>> 16);
        int newest = (int) highest & 0xFFFF;
        if (newest < 0x8000) {
            return sequence - newest > 0x8000 ? rollOver - 1 : rollOver;
        }
        return newest - 0x8000 > sequence ? rollOver + 1 : rollOver;
    }

    static long index(int rollOver, int sequence) {
        return ((long) rollOver << 16) | sequence;
    }

    /** Whether a packet may be new. */
    boolean isFresh(long index) {
        if (index > highest) {
            return true;
        }
        return index >= 0 && highest - index < SIZE && (received[slot(index)] & bit(index)) == 0;
    }

    /** A packet has come and is authentic. */
    void receive(long index) {
        if (index > highest) {
            if (index - highest >= SIZE) {
                Arrays.fill(received, 0);
            } else {
                for (long i = highest + 1; i < index; i++) {
                    received[slot(i)] &= ~bit(i);
                }
            }
            highest = index;
        }
        received[slot(index)] |= bit(index);
    }

    private static int slot(long index) {
        return (int) (index / Long.SIZE % (SIZE / Long.SIZE));
    }

    private static long bit(long index) {
        return 1L << (index % Long.SIZE);
    }
}
