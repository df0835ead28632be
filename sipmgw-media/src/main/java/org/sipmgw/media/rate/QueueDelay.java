package org.sipmgw.media.rate;

/**
 * How long packets wait in the network: how much longer they are underway than the fastest of the last 10 to 20 seconds,
 * so that neither the clocks' difference nor its drift counts. Not thread-safe; allocates nothing.
 */
final class QueueDelay {
    private static final long WINDOW_NS = 10_000_000_000L;

    private long leastNs = Long.MAX_VALUE;
    private long nextLeastNs = Long.MAX_VALUE;
    private long windowNs;
    private long delayNs;

    /** A packet has come. */
    void arrived(long sentNs, long arrivedNs) {
        long underwayNs = arrivedNs - sentNs;
        if (leastNs == Long.MAX_VALUE || Math.abs(sentNs - windowNs) > WINDOW_NS) {
            windowNs = sentNs;
            leastNs = Math.min(nextLeastNs, underwayNs);
            nextLeastNs = underwayNs;
        }
        leastNs = Math.min(leastNs, underwayNs);
        nextLeastNs = Math.min(nextLeastNs, underwayNs);
        delayNs = underwayNs - leastNs;
    }

    /** Of the packet that came last. */
    long ns() {
        return delayNs;
    }

    /** The way itself is as long as it is now. */
    void forget() {
        leastNs = Long.MAX_VALUE;
        nextLeastNs = Long.MAX_VALUE;
        delayNs = 0;
    }
}
