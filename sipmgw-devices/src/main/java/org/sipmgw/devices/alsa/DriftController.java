package org.sipmgw.devices.alsa;

/**
 * Finds how much faster or slower than nominal a device must run so that its buffer stays as full as wanted while sound comes
 * and goes by another clock. A proportional and integral controller of the smoothed fill, critically damped, slow enough that
 * bursts of packets and the grain of the device's timer do not bend the pitch. Sans-IO: fill and time go in, the correction
 * comes out. One thread.
 */
final class DriftController {
    /** Far beyond any clock that works; nobody hears it. */
    static final double LIMIT_PPM = 2_000;

    /** The fill returns with a time constant of 40 s. */
    private static final double PPM_PER_MS = 25;

    private static final double PPM_PER_MS_AND_SECOND = PPM_PER_MS * PPM_PER_MS / 4_000;
    private static final double SMOOTHING_S = 2;
    /** Longer gaps tell nothing about clocks. */
    private static final double MAX_STEP_S = 0.5;

    private final double framesPerMs;
    private final double targetMs;
    private double smoothedMs = Double.NaN;
    private double driftPpm;
    private double ppm;
    private long lastNs;

    DriftController(int targetFrames, int rateHz) {
        this.framesPerMs = rateHz / 1_000.0;
        this.targetMs = targetFrames / framesPerMs;
    }

    /**
     * Takes a look at the fill.
     *
     * @param nowNs time, monotonic
     * @param queuedFrames what waits in the device
     * @return parts per million by which the device must empty faster (positive) or slower than its nominal rate
     */
    double update(long nowNs, int queuedFrames) {
        double fillMs = queuedFrames / framesPerMs;
        double stepS = Math.max(0, Math.min(MAX_STEP_S, (nowNs - lastNs) / 1e9));
        lastNs = nowNs;
        if (Double.isNaN(smoothedMs)) {
            smoothedMs = fillMs;
            return ppm;
        }
        smoothedMs += (fillMs - smoothedMs) * (1 - Math.exp(-stepS / SMOOTHING_S));
        double errorMs = smoothedMs - targetMs;
        driftPpm = limited(driftPpm + errorMs * PPM_PER_MS_AND_SECOND * stepS);
        ppm = limited(driftPpm + errorMs * PPM_PER_MS);
        return ppm;
    }

    /** The device has started anew: its fill so far says nothing any more, the drift found so far still does. */
    void restart() {
        smoothedMs = Double.NaN;
    }

    /** How far the clocks are apart, as found so far. */
    double driftPpm() {
        return driftPpm;
    }

    private static double limited(double ppm) {
        return Math.max(-LIMIT_PPM, Math.min(LIMIT_PPM, ppm));
    }
}
