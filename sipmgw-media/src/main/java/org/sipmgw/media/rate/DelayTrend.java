package org.sipmgw.media.rate;

/**
 * How steeply the delay of the network rises: the slope of a line through the smoothed delays of the newest groups of
 * packets. It takes the place of the Kalman filter of draft-ietf-rmcat-gcc-02 section 5.3, as senders in the field have
 * it. Not thread-safe; allocates nothing.
 */
final class DelayTrend {
    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4;
    private static final int MOST_WEIGHT = 60;

    private final double[] timesMs = new double[WINDOW];
    private final double[] delaysMs = new double[WINDOW];
    private int count;
    private long firstNs;
    private double delayMs;
    private double smoothMs;

    /**
     * A group has come.
     *
     * @return the trend, comparable with the detector's threshold; 0 while too little is known
     */
    double add(long sentDeltaNs, long arrivedDeltaNs, long arrivedNs) {
        if (count == 0) {
            firstNs = arrivedNs;
        }
        delayMs += (arrivedDeltaNs - sentDeltaNs) / 1e6;
        smoothMs = SMOOTHING * smoothMs + (1 - SMOOTHING) * delayMs;
        timesMs[count % WINDOW] = (arrivedNs - firstNs) / 1e6;
        delaysMs[count % WINDOW] = smoothMs;
        count++;
        return count < WINDOW ? 0 : slope() * Math.min(count, MOST_WEIGHT) * GAIN;
    }

    /** Least squares. */
    private double slope() {
        double meanTime = 0;
        double meanDelay = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanTime += timesMs[i] / WINDOW;
            meanDelay += delaysMs[i] / WINDOW;
        }
        double numerator = 0;
        double denominator = 0;
        for (int i = 0; i < WINDOW; i++) {
            double time = timesMs[i] - meanTime;
            numerator += time * (delaysMs[i] - meanDelay);
            denominator += time * time;
        }
        return denominator == 0 ? 0 : numerator / denominator;
    }
}
