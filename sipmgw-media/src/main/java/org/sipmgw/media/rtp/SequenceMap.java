package org.sipmgw.media.rtp;

/**
 * Renumbers a stream in which packets are left out or put in, so that what comes out has no gaps but those of the
 * network. Late packets get the number they would have had in time. Not thread-safe; allocates nothing.
 */
public final class SequenceMap {
    /** How many packets back a late one is still known. */
    public static final int MEMORY = 1024;

    private static final long NONE = -1;

    private final long[] out = new long[MEMORY];
    private final long[] source = new long[2 * MEMORY];
    private final long[] sourceOf = new long[2 * MEMORY];
    private boolean started;
    private long highest;
    private long first;
    private long offset;
    private long newestOut;

    /** Numbers that begin with {@code firstOut}, 16 bits. */
    public SequenceMap(int firstOut) {
        newestOut = 0x1_0000L + firstOut - 1;
    }

    /** Goes on with another source whose next packet is {@code sequence}; {@code gap} numbers are left out. */
    public void restart(int sequence, int gap) {
        started = true;
        first = 0x1_0000L + sequence;
        highest = first - 1;
        offset = newestOut + 1 + gap - first;
    }

    /** Whether {@code sequence} is newer than all before, so that {@link #insertBefore} and a seamless drop work. */
    public boolean isNewest(int sequence) {
        return !started || (short) (sequence - (int) highest) > 0;
    }

    /** The outgoing number of {@code sequence}; -1 where it is too old or was left out. */
    public int map(int sequence) {
        if (!started) {
            restart(sequence, 0);
        }
        int delta = (short) (sequence - (int) highest);
        if (delta > 0) {
            advance(highest + delta);
        } else if (delta <= -MEMORY || highest + delta < first) {
            return -1;
        }
        long mapped = out[slot(highest + Math.min(delta, 0))];
        if (mapped == NONE) {
            return -1;
        }
        remember(mapped, sequence);
        return (int) mapped & 0xFFFF;
    }

    /** A number for a packet that is put in before {@code sequence}, which must be newest and not yet mapped. */
    public int insertBefore(int sequence) {
        if (!started) {
            restart(sequence, 0);
        }
        int delta = (short) (sequence - (int) highest);
        advance(highest + delta - 1);
        long inserted = highest + 1 + offset;
        offset++;
        remember(inserted, -1);
        newestOut = Math.max(newestOut, inserted);
        return (int) inserted & 0xFFFF;
    }

    /** A number for a packet that is put in behind the newest one. */
    public int append() {
        return insertBefore((int) (highest + 1) & 0xFFFF);
    }

    /** Leaves {@code sequence} out; false where it is late, so that its number stays as a gap. */
    public boolean drop(int sequence) {
        if (!isNewest(sequence)) {
            return false;
        }
        if (!started) {
            restart(sequence, 0);
        }
        int delta = (short) (sequence - (int) highest);
        advance(highest + delta - 1);
        highest++;
        out[slot(highest)] = NONE;
        offset--;
        return true;
    }

    /** Which source packet went out as {@code sequence}; -1 where none did. */
    public int source(int sequence) {
        long at = newestOut + (short) (sequence - (int) newestOut);
        int slot = (int) (at & (2 * MEMORY - 1));
        return at >= 0 && sourceOf[slot] == at ? (int) source[slot] : -1;
    }

    private void advance(long to) {
        for (long at = Math.max(highest + 1, to - MEMORY + 1); at <= to; at++) {
            out[slot(at)] = at + offset;
            remember(at + offset, (int) at & 0xFFFF);
        }
        if (to > highest) {
            highest = to;
            newestOut = Math.max(newestOut, to + offset);
        }
    }

    private void remember(long outgoing, int sequence) {
        int slot = (int) (outgoing & (2 * MEMORY - 1));
        sourceOf[slot] = outgoing;
        source[slot] = sequence;
    }

    private static int slot(long at) {
        return (int) (at & (MEMORY - 1));
    }
}
