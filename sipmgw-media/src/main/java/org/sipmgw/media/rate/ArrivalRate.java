package org.sipmgw.media.rate;

import java.util.Arrays;

/**
 * Bits per second that come, by the clock of the other side: of the newest fifth of a second where that is a dozen packets,
 * else of as much time as that takes, half a second at most. Not thread-safe; allocates nothing.
 */
final class ArrivalRate {
    private static final long STEP_NS = 25_000_000L;
    private static final int STEPS = 20;
    /** A shorter time says nothing. */
    private static final int LEAST_STEPS = 8;

    private static final int ENOUGH_PACKETS = 12;

    private final long[] bits = new long[STEPS];
    private final int[] packets = new int[STEPS];
    private long first = -1;
    private long newest = -1;

    /** A packet has come. */
    void arrived(long arrivedNs, int bytes) {
        long step = arrivedNs / STEP_NS;
        if (newest < 0 || Math.abs(step - newest) > STEPS * 4L) {
            Arrays.fill(bits, 0);
            Arrays.fill(packets, 0);
            first = step;
            newest = step;
        }
        while (newest < step) {
            newest++;
            bits[slot(newest)] = 0;
            packets[slot(newest)] = 0;
        }
        if (newest - step < STEPS) {
            bits[slot(step)] += bytes * 8L;
            packets[slot(step)]++;
        }
    }

    /** Bits per second; 0 while too little is known. */
    long bps() {
        // the newest step is not over
        long steps = Math.min(STEPS - 1, newest - first);
        long sum = 0;
        int count = 0;
        int taken = 0;
        while (taken < steps && (taken < LEAST_STEPS || count < ENOUGH_PACKETS)) {
            taken++;
            sum += bits[slot(newest - taken)];
            count += packets[slot(newest - taken)];
        }
        return taken < LEAST_STEPS ? 0 : sum * 1_000_000_000L / (taken * STEP_NS);
    }

    private static int slot(long step) {
        return (int) (step % STEPS);
    }
}
