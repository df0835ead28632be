package org.sipmgw.testsupport;

import java.util.Random;

/**
 * The rules of one direction of a network: tells of each datagram when it comes out. Does no I/O and knows no clock, so
 * that the same seed gives the same losses. Not thread-safe.
 */
public final class EmulatedLink {

    /** What {@link #due} says of a datagram that is lost. */
    public static final long LOST = Long.MAX_VALUE;

    private static final int HEADER_BYTES = 28;
    private static final long NS_PER_MS = 1_000_000L;
    /** How late an overtaken datagram is: some packets of a picture, less than a picture's time. */
    private static final int OVERTAKEN_MS = 15;

    private final Random random;
    private NetworkConditions conditions = NetworkConditions.CLEAR;
    private boolean losing;
    private long freeNs = Long.MIN_VALUE;
    private long newestDueNs = Long.MIN_VALUE;

    /** A link whose chances come from {@code seed}. */
    public EmulatedLink(long seed) {
        random = new Random(seed);
    }

    /** What holds from now on. */
    public void conditions(NetworkConditions next) {
        conditions = next;
    }

    /**
     * Takes a datagram in.
     *
     * @param bytes of its payload
     * @param nowNs when it enters, never earlier than the one before
     * @return when it comes out, {@link #LOST} for never
     */
    public long due(int bytes, long nowNs) {
        NetworkConditions now = conditions;
        if (lost(now)) {
            return LOST;
        }
        long sentNs = nowNs;
        if (now.rateBps() > 0) {
            long startNs = Math.max(nowNs, freeNs);
            if (startNs - nowNs > now.queueMs() * NS_PER_MS) {
                return LOST;
            }
            sentNs = startNs + (bytes + HEADER_BYTES) * 8_000_000_000L / now.rateBps();
            freeNs = sentNs;
        }
        long jitterNs = now.jitterMs() == 0 ? 0 : (long) (random.nextDouble() * now.jitterMs() * NS_PER_MS);
        long dueNs = sentNs + now.delayMs() * NS_PER_MS + jitterNs;
        if (now.reordering() > 0 && random.nextDouble() < now.reordering()) {
            return dueNs + OVERTAKEN_MS * NS_PER_MS;
        }
        newestDueNs = Math.max(newestDueNs, dueNs);
        return newestDueNs;
    }

    /** Two states (Gilbert): while losing, each datagram ends the burst with the chance that gives its mean length. */
    private boolean lost(NetworkConditions now) {
        if (now.loss() <= 0) {
            losing = false;
            return false;
        }
        if (now.burst() <= 1 || now.loss() >= 1) {
            return random.nextDouble() < now.loss();
        }
        double end = 1 / now.burst();
        double begin = end * now.loss() / (1 - now.loss());
        losing = losing ? random.nextDouble() >= end : random.nextDouble() < begin;
        return losing;
    }
}
