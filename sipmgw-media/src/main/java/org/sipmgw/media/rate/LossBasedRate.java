package org.sipmgw.media.rate;

/**
 * Congestion control from receiver reports: the loss-based controller of Google Congestion Control
 * (draft-ietf-rmcat-gcc-02 section 6), with two things more, because reports come once in a second or less. When more than
 * a quarter is lost the rate goes to what has arrived, in one step. And a round trip that has grown by a queue counts as
 * loss does.
 */
public final class LossBasedRate implements RateController {
    private static final double LITTLE_LOSS = 0.02;
    private static final double MUCH_LOSS = 0.10;
    private static final double FLOOD = 0.25;
    /** A second without loss lets the rate grow by this, so that ten seconds lead from the least to the most. */
    private static final double GROWTH = 0.35;
    /** The same where less was sent than allowed: nothing proves that more would arrive. */
    private static final double UNPROVEN_GROWTH = 0.10;

    private static final double CAREFUL = 0.95;
    private static final double QUEUE_CUT = 0.85;
    /** A queue alone does not lower the rate below this: some rooms count wrongly how long they wait with a report. */
    private static final double QUEUE_LEAST_BPS = 256_000;

    private static final long QUEUE_NS = 150_000_000L;
    private static final long WINDOW_NS = 20_000_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final int mostBps;
    private double rateBps;
    private long lastNs;
    private boolean started;
    private long leastRoundTripNs = Long.MAX_VALUE;
    private long nextLeastNs = Long.MAX_VALUE;
    private long windowNs;

    /**
     * @param mostBps what the encoder makes at most; it begins with that
     */
    public LossBasedRate(int mostBps) {
        this.mostBps = Math.max(LEAST_BPS, mostBps);
        this.rateBps = this.mostBps;
    }

    @Override
    public void report(double lossShare, long roundTripNs, long sentBps, long nowNs) {
        double seconds = started ? Math.min(2.0, (nowNs - lastNs) / (double) NS_PER_SECOND) : 0;
        started = true;
        lastNs = nowNs;
        boolean queue = queued(roundTripNs, nowNs);
        if (lossShare > FLOOD) {
            rateBps = Math.min(rateBps, sentBps * (1 - lossShare) * CAREFUL);
        } else if (lossShare > MUCH_LOSS) {
            rateBps *= 1 - lossShare / 2;
        } else if (queue) {
            double cut = Math.min(rateBps * CAREFUL, Math.max((double) sentBps, rateBps / 2) * QUEUE_CUT);
            rateBps = Math.min(rateBps, Math.max(QUEUE_LEAST_BPS, cut));
        } else if (lossShare < LITTLE_LOSS) {
            boolean proven = sentBps * 2 > rateBps;
            rateBps *= Math.pow(1 + (proven ? GROWTH : UNPROVEN_GROWTH), seconds);
        }
        rateBps = Math.max(LEAST_BPS, Math.min(mostBps, rateBps));
    }

    /** Whether the round trip is longer by a queue than the shortest of the last 20 to 40 seconds. */
    private boolean queued(long roundTripNs, long nowNs) {
        if (roundTripNs <= 0) {
            return false;
        }
        if (nowNs - windowNs > WINDOW_NS) {
            windowNs = nowNs;
            leastRoundTripNs = Math.min(nextLeastNs, roundTripNs);
            nextLeastNs = roundTripNs;
        }
        leastRoundTripNs = Math.min(leastRoundTripNs, roundTripNs);
        nextLeastNs = Math.min(nextLeastNs, roundTripNs);
        return roundTripNs - leastRoundTripNs > QUEUE_NS;
    }

    @Override
    public int targetBps() {
        return (int) rateBps;
    }
}
