package org.sipmgw.media.rate;

/**
 * Finds out how many bits per second of video the network carries to the other side. Does no I/O; time is an argument,
 * {@link System#nanoTime()}. Not thread-safe.
 */
public interface RateController {

    /**
     * A report of the other side about what it was sent.
     *
     * @param lossShare lost on the way since the report before, 0 to 1
     * @param roundTripNs measured with this report, 0 for unknown
     * @param sentBps bits per second that were sent since the report before
     */
    void report(double lossShare, long roundTripNs, long sentBps, long nowNs);

    /** What may be sent now, bits per second, never below {@link #LEAST_BPS}. */
    int targetBps();

    /** What is sent at least: less is no picture. */
    int LEAST_BPS = 128_000;
}
