package org.sipmgw.media.rate;

/**
 * What came through while the network was full, remembered as a mean and a deviation: near it the rate grows slowly
 * (draft-ietf-rmcat-gcc-02 section 5.5). Not thread-safe; allocates nothing.
 */
final class LinkCapacity {
    private static final double WEIGHT = 0.05;
    private static final double DEVIATIONS = 3;
    private static final double LEAST_VARIANCE = 0.4;
    private static final double MOST_VARIANCE = 2.5;
    private static final double UNKNOWN = -1;

    private double meanKbps = UNKNOWN;
    /** Relative to the mean. */
    private double variance = LEAST_VARIANCE;

    /** So much came while the network was full. */
    void full(double kbps) {
        if (meanKbps >= 0 && kbps < meanKbps - DEVIATIONS * deviation()) {
            meanKbps = UNKNOWN;
        }
        meanKbps = meanKbps < 0 ? kbps : (1 - WEIGHT) * meanKbps + WEIGHT * kbps;
        double error = meanKbps - kbps;
        variance = (1 - WEIGHT) * variance + WEIGHT * error * error / Math.max(1, meanKbps);
        variance = Math.max(LEAST_VARIANCE, Math.min(MOST_VARIANCE, variance));
    }

    /** Whether {@code kbps} is about what the network carries; more than that proves the memory wrong. */
    boolean near(double kbps) {
        if (meanKbps >= 0 && kbps > meanKbps + DEVIATIONS * deviation()) {
            meanKbps = UNKNOWN;
        }
        return meanKbps >= 0;
    }

    /** It may be another one by now. */
    void forget() {
        meanKbps = UNKNOWN;
    }

    private double deviation() {
        return Math.sqrt(variance * meanKbps);
    }
}
