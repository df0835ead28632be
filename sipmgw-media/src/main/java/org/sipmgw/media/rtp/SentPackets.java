package org.sipmgw.media.rtp;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers the packets of a transport and remembers when the newest 2048 of them were sent, until the other side has told
 * of them. Any thread numbers packets, one takes what was remembered; none waits, nothing is allocated.
 */
public final class SentPackets {
    private static final int KEPT = 2048;
    private static final long TAKEN = 0;

    private final AtomicInteger next;
    private final AtomicLongArray sentNs = new AtomicLongArray(KEPT);
    /** Number and length of what a slot tells of. */
    private final AtomicLongArray stamps = new AtomicLongArray(KEPT);

    private long takenNs;
    private int takenBytes;

    /**
     * @param first number of the first packet
     */
    public SentPackets(int first) {
        next = new AtomicInteger(first);
    }

    /** A packet of that length goes out now; its number, 16 bits. */
    public int number(int bytes, long nowNs) {
        int sequence = next.getAndIncrement() & 0xFFFF;
        int slot = sequence & (KEPT - 1);
        stamps.set(slot, TAKEN);
        sentNs.setOpaque(slot, nowNs);
        stamps.setRelease(slot, (long) sequence << 32 | bytes);
        return sequence;
    }

    /**
     * What is known of a packet, once: {@link #takenNs()} and {@link #takenBytes()}.
     *
     * @return false where it is too old, was never sent or was taken before
     */
    public boolean take(int sequence) {
        int slot = sequence & (KEPT - 1);
        long stamp = stamps.getAcquire(slot);
        if (stamp == TAKEN || (int) (stamp >>> 32) != sequence) {
            return false;
        }
        takenNs = sentNs.getOpaque(slot);
        takenBytes = (int) stamp;
        return stamps.compareAndSet(slot, stamp, TAKEN);
    }

    /** When the packet taken last was sent. */
    public long takenNs() {
        return takenNs;
    }

    /** Bytes of the packet taken last. */
    public int takenBytes() {
        return takenBytes;
    }
}
