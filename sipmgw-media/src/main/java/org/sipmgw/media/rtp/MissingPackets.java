package org.sipmgw.media.rtp;

import java.util.Arrays;

/**
 * Packets of one received stream that are missing: which to ask for again and when, until they come or are given up.
 * A gap is asked for at once, then again when an answer would be there. Not thread-safe; allocates nothing; never more
 * than 256 are followed.
 */
public final class MissingPackets {
    private static final int CAPACITY = 256;
    private static final long NONE = Long.MIN_VALUE;
    private static final long MS = 1_000_000L;
    private static final long LEAST_RETRY_NS = 20 * MS;
    private static final long MOST_RETRY_NS = 300 * MS;
    private static final long LEAST_PATIENCE_NS = 450 * MS;
    private static final long MOST_PATIENCE_NS = 800 * MS;

    /** When each was missed, by its sequence number; {@link #NONE} where it is not missing. */
    private final long[] missedNs = new long[CAPACITY];

    private final long[] askedNs = new long[CAPACITY];
    private boolean started;
    private int highest;
    private int count;
    private boolean gaveUp;
    private long recovered;
    private long missed;

    /** Takes what to ask for. */
    public interface Requests {
        /** {@code first} and those of the 16 behind it whose bit is set, as in a generic NACK. */
        void ask(int first, int following);
    }

    public MissingPackets() {
        clear();
    }

    /** Another stream begins, or nothing is asked for any more. */
    public void clear() {
        Arrays.fill(missedNs, NONE);
        count = 0;
        started = false;
    }

    /** A packet has come. */
    public void arrived(int sequence, Arrival arrival, long nowNs) {
        if (arrival == Arrival.RESTARTED || !started) {
            clear();
            started = true;
            highest = sequence;
        } else if (arrival == Arrival.IN_ORDER) {
            miss(sequence, nowNs);
        } else if (arrival == Arrival.LATE && missedNs[slot(sequence)] != NONE) {
            missedNs[slot(sequence)] = NONE;
            count--;
            recovered++;
        }
    }

    private void miss(int sequence, long nowNs) {
        int gap = (short) (sequence - highest) - 1;
        if (gap > CAPACITY / 2) {
            // no sender keeps so much
            clear();
            started = true;
            gaveUp = true;
            missed += gap;
        } else {
            for (int next = highest + 1; next != highest + 1 + gap; next++) {
                int slot = slot(next);
                gaveUp |= missedNs[slot] != NONE;
                count += missedNs[slot] == NONE ? 1 : 0;
                missedNs[slot] = nowNs;
                askedNs[slot] = NONE;
                missed++;
            }
        }
        int slot = slot(sequence);
        if (missedNs[slot] != NONE) {
            // one that is 256 older has had its place until now
            missedNs[slot] = NONE;
            count--;
            gaveUp = true;
        }
        highest = sequence;
    }

    /** Asks for what is due. */
    public void poll(long nowNs, long roundTripNs, Requests requests) {
        poll(nowNs, roundTripNs, 0, requests);
    }

    /** Asks for what is due, of packets that are missing for so long at least: until then they may come by another way. */
    public void poll(long nowNs, long roundTripNs, long holdNs, Requests requests) {
        if (count == 0) {
            return;
        }
        long retryNs = Math.max(LEAST_RETRY_NS, Math.min(MOST_RETRY_NS, roundTripNs + roundTripNs / 4));
        long patienceNs = Math.max(LEAST_PATIENCE_NS, Math.min(MOST_PATIENCE_NS, 3 * roundTripNs));
        int first = -1;
        int following = 0;
        for (int back = CAPACITY - 1; back > 0; back--) {
            int sequence = (highest - back) & 0xFFFF;
            if (nowNs - missedNs[slot(sequence)] < holdNs || !due(slot(sequence), nowNs, retryNs, patienceNs)) {
                continue;
            }
            int distance = (sequence - first) & 0xFFFF;
            if (first >= 0 && distance <= 16) {
                following |= 1 << (distance - 1);
            } else {
                flush(first, following, requests);
                first = sequence;
                following = 0;
            }
        }
        flush(first, following, requests);
    }

    private static void flush(int first, int following, Requests requests) {
        if (first >= 0) {
            requests.ask(first, following);
        }
    }

    private boolean due(int slot, long nowNs, long retryNs, long patienceNs) {
        if (missedNs[slot] == NONE) {
            return false;
        }
        if (nowNs - missedNs[slot] > patienceNs) {
            missedNs[slot] = NONE;
            count--;
            gaveUp = true;
            return false;
        }
        if (askedNs[slot] != NONE && nowNs - askedNs[slot] < retryNs) {
            return false;
        }
        askedNs[slot] = nowNs;
        return true;
    }

    /** Whether packets were given up since this was asked last: a key frame must heal what they leave. */
    public boolean takeGivenUp() {
        boolean was = gaveUp;
        gaveUp = false;
        return was;
    }

    /** Whether {@code sequence} is being asked for. */
    public boolean follows(int sequence) {
        int back = (highest - sequence) & 0xFFFF;
        return started && back < CAPACITY && missedNs[slot(sequence)] != NONE;
    }

    /** How many are missing now. */
    public int count() {
        return count;
    }

    /** How many were missed when the next one came, whatever became of them. */
    public long missed() {
        return missed;
    }

    /** How many came after they were missed. */
    public long recovered() {
        return recovered;
    }

    private static int slot(int sequence) {
        return sequence & (CAPACITY - 1);
    }
}
