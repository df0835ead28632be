package org.sipmgw.media.rate;

/**
 * Tells by the trend of the delay whether more is sent than the network carries, with a threshold that follows the trend,
 * so that neither jitter nor a competing loss-based flow decides alone (draft-ietf-rmcat-gcc-02 section 5.4). Not
 * thread-safe; allocates nothing.
 */
final class OveruseDetector {
    private static final double GROWS = 0.0087;
    private static final double SHRINKS = 0.039;
    private static final double FIRST_THRESHOLD = 12.5;
    private static final double LEAST_THRESHOLD = 6;
    private static final double MOST_THRESHOLD = 600;
    private static final double OUTLIER = 15;
    private static final double LONGEST_STEP_MS = 100;
    private static final long OVERUSE_NS = 10_000_000L;
    private static final long NOT_YET = -1;

    private double threshold = FIRST_THRESHOLD;
    private double before;
    private long updatedNs;
    private long overuseNs = NOT_YET;
    private int overuses;
    private Usage usage = Usage.NORMAL;

    /** What the network is. */
    enum Usage {
        /** It carries what is sent. */
        NORMAL,
        /** A queue grows. */
        OVERUSE,
        /** A queue shrinks. */
        UNDERUSE
    }

    /** Another trend, of a group sent {@code sentDeltaNs} after the one before. */
    Usage detect(double trend, long sentDeltaNs, long arrivedNs) {
        if (trend > threshold) {
            overuseNs = overuseNs == NOT_YET ? sentDeltaNs / 2 : overuseNs + sentDeltaNs;
            overuses++;
            if (overuseNs > OVERUSE_NS && overuses > 1 && trend >= before) {
                overuseNs = 0;
                overuses = 0;
                usage = Usage.OVERUSE;
            }
        } else {
            overuseNs = NOT_YET;
            overuses = 0;
            usage = trend < -threshold ? Usage.UNDERUSE : Usage.NORMAL;
        }
        before = trend;
        adapt(trend, arrivedNs);
        return usage;
    }

    private void adapt(double trend, long arrivedNs) {
        double size = Math.abs(trend);
        double passedMs = updatedNs == 0 ? 0 : Math.max(0, Math.min((arrivedNs - updatedNs) / 1e6, LONGEST_STEP_MS));
        updatedNs = arrivedNs;
        if (size > threshold + OUTLIER) {
            return;
        }
        threshold += (size < threshold ? SHRINKS : GROWS) * (size - threshold) * passedMs;
        threshold = Math.max(LEAST_THRESHOLD, Math.min(MOST_THRESHOLD, threshold));
    }
}
