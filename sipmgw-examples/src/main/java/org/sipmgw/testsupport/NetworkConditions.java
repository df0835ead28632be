package org.sipmgw.testsupport;

/**
 * What a network does to the datagrams of one direction.
 *
 * @param loss share of datagrams that are lost, 0 to 1
 * @param burst how many are lost in a row on average; 1 for losses that know nothing of each other
 * @param delayMs how long each takes
 * @param jitterMs up to this much longer, evenly spread; order is kept
 * @param reordering share of datagrams that later ones overtake, 0 to 1
 * @param rateBps bits per second with IP and UDP headers, 0 for no limit
 * @param queueMs how long a datagram may wait for its turn under that limit; longer ones are lost
 */
public record NetworkConditions(
        double loss, double burst, int delayMs, int jitterMs, double reordering, int rateBps, int queueMs) {

    /** A network that does nothing to them. */
    public static final NetworkConditions CLEAR = new NetworkConditions(0, 1, 0, 0, 0, 0, 0);

    /** Checks the ranges. */
    public NetworkConditions {
        if (loss < 0 || loss > 1 || reordering < 0 || reordering > 1 || burst < 1) {
            throw new IllegalArgumentException("loss and reordering are 0 to 1, burst is 1 or more");
        }
        if (delayMs < 0 || jitterMs < 0 || rateBps < 0 || queueMs < 0) {
            throw new IllegalArgumentException("times and rates are not negative");
        }
    }

    /** The same with independent losses. */
    public NetworkConditions withLoss(double share) {
        return withLoss(share, 1);
    }

    /** The same with losses that come {@code meanLength} at a time. */
    public NetworkConditions withLoss(double share, double meanLength) {
        return new NetworkConditions(share, meanLength, delayMs, jitterMs, reordering, rateBps, queueMs);
    }

    /** The same with a delay and its spread. */
    public NetworkConditions withDelay(int ms, int spreadMs) {
        return new NetworkConditions(loss, burst, ms, spreadMs, reordering, rateBps, queueMs);
    }

    /** The same with datagrams that are overtaken. */
    public NetworkConditions withReordering(double share) {
        return new NetworkConditions(loss, burst, delayMs, jitterMs, share, rateBps, queueMs);
    }

    /** The same with a limit of rate and a queue before it. */
    public NetworkConditions withRate(int bitsPerSecond, int longestQueueMs) {
        return new NetworkConditions(loss, burst, delayMs, jitterMs, reordering, bitsPerSecond, longestQueueMs);
    }
}
