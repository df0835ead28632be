package org.sipmgw.media.rtp;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The newest packets of one stream as they were sent, to be sent again on request (RFC 4585 section 6.2.1). One thread
 * stores and one may read meanwhile; neither waits, nothing is allocated after construction. A packet that is written
 * over while it is read is not there.
 */
public final class PacketHistory {
    private static final int SLOT_BYTES = 1536;
    private static final long EMPTY = -1;

    private final int mask;
    private final byte[] bytes;
    /** Sequence number and length of what a slot holds. */
    private final AtomicLongArray stamps;

    /**
     * @param packets how many are kept, a power of two
     */
    public PacketHistory(int packets) {
        if (Integer.bitCount(packets) != 1) {
            throw new IllegalArgumentException(packets + " is no power of two");
        }
        mask = packets - 1;
        bytes = new byte[packets * SLOT_BYTES];
        long[] empty = new long[packets];
        Arrays.fill(empty, EMPTY);
        stamps = new AtomicLongArray(empty);
    }

    /** Keeps a copy of a whole RTP packet; of one that is too large nothing is kept. */
    public void store(byte[] buffer, int offset, int length) {
        int sequence = Bytes.uint16(buffer, offset + 2);
        int slot = sequence & mask;
        stamps.set(slot, EMPTY);
        if (length > SLOT_BYTES) {
            return;
        }
        VarHandle.storeStoreFence();
        System.arraycopy(buffer, offset, bytes, slot * SLOT_BYTES, length);
        stamps.setRelease(slot, ((long) sequence << 32) | length);
    }

    /** Copies the packet {@code sequence} to the start of {@code into}; false where it is no longer there. */
    public boolean read(int sequence, Packet into) {
        int slot = sequence & mask;
        long stamp = stamps.getAcquire(slot);
        if (stamp == EMPTY || (int) (stamp >>> 32) != sequence) {
            return false;
        }
        int length = (int) stamp;
        System.arraycopy(bytes, slot * SLOT_BYTES, into.buffer(), 0, length);
        VarHandle.loadLoadFence();
        into.view(0, length);
        return stamps.getOpaque(slot) == stamp;
    }

    /** Whether the packet {@code sequence} is still there. */
    public boolean holds(int sequence) {
        long stamp = stamps.getAcquire(sequence & mask);
        return stamp != EMPTY && (int) (stamp >>> 32) == sequence;
    }

    /** Forgets everything. By the thread that stores. */
    public void clear() {
        for (int slot = 0; slot <= mask; slot++) {
            stamps.set(slot, EMPTY);
        }
    }
}
