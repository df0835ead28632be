package org.sipmgw.media.rtp;

import java.util.Arrays;

/**
 * When the packets of a transport came, by their transport-wide sequence numbers, until the sender has been told
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). Not thread-safe; allocates nothing.
 */
public final class ArrivalLog {
    /** The longest message tells of so many packets. */
    private static final int MOST_TOLD = 256;

    private static final int KEPT = 1024;
    private static final long NOT_CAME = Long.MIN_VALUE;
    private static final long TICK_NS = 250_000L;
    private static final long TICKS_PER_REFERENCE = 256;
    private static final int RUN = 7;

    private final long[] ticks = new long[KEPT];
    private final byte[] symbols = new byte[MOST_TOLD];
    private boolean started;
    private long startNs;
    private long highest;
    private long next;
    private int feedbackCount;

    public ArrivalLog() {
        Arrays.fill(ticks, NOT_CAME);
    }

    /** A packet with that number, 16 bits, has come. */
    public void arrived(int sequence, long nowNs) {
        long extended = highest + (short) (sequence - (int) highest);
        if (!started || Math.abs(extended - highest) >= KEPT / 2) {
            startNs = started ? startNs : nowNs;
            started = true;
            extended = 0x1_0000L + sequence;
            highest = extended;
            next = extended;
            Arrays.fill(ticks, NOT_CAME);
        }
        for (; highest < extended; highest++) {
            ticks[slot(highest + 1)] = NOT_CAME;
        }
        ticks[slot(extended)] = (nowNs - startNs) / TICK_NS;
        // one that was told to be missing is told again
        next = Math.max(highest - KEPT / 2, Math.min(next, extended));
    }

    /** Whether something has come since the last message. */
    public boolean pending() {
        return started && next <= highest;
    }

    /** Writes a message about what has come since the last one; some may be left for another. */
    public void write(RtcpWriter writer, int sender, int media) {
        long first = next;
        while (ticks[slot(first)] == NOT_CAME && first < highest) {
            first++;
        }
        long reference = ticks[slot(first)] / TICKS_PER_REFERENCE;
        int count = plan(reference * TICKS_PER_REFERENCE);
        writer.transportFeedback(sender, media, (int) next & 0xFFFF, count, (int) reference, feedbackCount++);
        for (int at = 0; at < count; ) {
            at += chunk(writer, at, count);
        }
        long before = reference * TICKS_PER_REFERENCE;
        for (int i = 0; i < count; i++) {
            long tick = ticks[slot(next + i)];
            if (tick != NOT_CAME) {
                writer.arrivalDelta((int) (tick - before), symbols[i]);
                before = tick;
            }
        }
        writer.endTransportFeedback();
        next += count;
    }

    /** Symbols of the next packets; how many fit one message. */
    private int plan(long firstTick) {
        long before = firstTick;
        int count = (int) Math.min(MOST_TOLD, highest - next + 1);
        for (int i = 0; i < count; i++) {
            long tick = ticks[slot(next + i)];
            long delta = tick == NOT_CAME ? 0 : tick - before;
            if (delta != (short) delta) {
                return i;
            }
            symbols[i] = (byte) (tick == NOT_CAME ? 0 : delta >= 0 && delta <= 0xFF ? 1 : 2);
            before = tick == NOT_CAME ? before : tick;
        }
        return count;
    }

    /** Writes one chunk: a run of equal symbols, else a vector of 14 short ones or 7; how many it tells. */
    private int chunk(RtcpWriter writer, int from, int count) {
        int run = 1;
        int small = symbols[from] < 2 ? 1 : 0;
        while (from + run < count && symbols[from + run] == symbols[from]) {
            run++;
        }
        while (small > 0 && small < 14 && from + small < count && symbols[from + small] < 2) {
            small++;
        }
        if (run >= RUN || from + run == count) {
            writer.statusChunk(symbols[from] << 13 | run);
            return run;
        }
        boolean bits = small == 14 || (small > 0 && from + small == count);
        int width = bits ? 1 : 2;
        int told = Math.min(14 / width, count - from);
        int chunk = bits ? 0x8000 : 0xC000;
        for (int i = 0; i < told; i++) {
            chunk |= symbols[from + i] << (14 - width * (i + 1));
        }
        writer.statusChunk(chunk);
        return told;
    }

    private static int slot(long sequence) {
        return (int) sequence & (KEPT - 1);
    }
}
