package org.sipmgw.media.rate;

import org.sipmgw.media.rate.OveruseDetector.Usage;

/**
 * The delay-based controller of Google Congestion Control (draft-ietf-rmcat-gcc-02 section 5): a growing queue lowers
 * the rate to a share of what comes through, else it grows, fast far from the capacity seen last and slowly near it. Two
 * things are otherwise than there. It grows by up to a third a second, because nothing probes the network for more. And a
 * queue that is already long is drained before the rate is what the network carries. Not thread-safe; allocates nothing.
 */
final class DelayBasedRate {
    private static final double CUT = 0.85;
    private static final double DRAIN = 0.5;
    private static final double GROWTH = 0.35;
    /** Where less was sent than allowed nothing proves that more would come through. */
    private static final double UNPROVEN_GROWTH = 0.10;

    private static final double PROVEN = 1.5;
    private static final double SLACK_BPS = 10_000;
    private static final double PACKET_BITS = 1200 * 8;
    private static final double PICTURES_PER_SECOND = 30;
    private static final long RESPONSE_NS = 100_000_000L;
    private static final long LONG_QUEUE_NS = 150_000_000L;
    private static final long SHORT_QUEUE_NS = 50_000_000L;
    private static final long LONGEST_DRAIN_NS = 3_000_000_000L;
    private static final long LEAST_BETWEEN_CUTS_NS = 100_000_000L;
    private static final long CAPACITY_LASTS_NS = 3_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;

    private final PacketGroups groups = new PacketGroups();
    private final DelayTrend trend = new DelayTrend();
    private final OveruseDetector detector = new OveruseDetector();
    private final ArrivalRate arrivals = new ArrivalRate();
    private final QueueDelay queue = new QueueDelay();
    private final LinkCapacity capacity = new LinkCapacity();
    private final int leastBps;
    private final int mostBps;
    private Usage usage = Usage.NORMAL;
    private boolean overused;
    private State state = State.INCREASE;
    private double rateBps;
    private double drainedBps;
    private long updatedNs;
    private long cutNs;
    private long drainNs;

    private enum State {
        INCREASE,
        HOLD,
        /** The queue is longer than it may be: little is sent until it is short. */
        DRAIN
    }

    DelayBasedRate(int leastBps, int mostBps) {
        this.leastBps = leastBps;
        this.mostBps = mostBps;
        this.rateBps = mostBps;
    }

    /** A packet has come. */
    void arrived(long sentNs, long arrivedNs, int bytes) {
        arrivals.arrived(arrivedNs, bytes);
        queue.arrived(sentNs, arrivedNs);
        if (groups.add(sentNs, arrivedNs)) {
            double slope = trend.add(groups.sentDeltaNs(), groups.arrivedDeltaNs(), groups.arrivedNs());
            usage = detector.detect(slope, groups.sentDeltaNs(), groups.arrivedNs());
            overused |= usage == Usage.OVERUSE;
        }
    }

    /** Some packets have been told of: the rate follows. */
    void update(long roundTripNs, long nowNs) {
        double seconds = updatedNs == 0 ? 0 : Math.min(1, (nowNs - updatedNs) / NS_PER_SECOND);
        updatedNs = nowNs;
        boolean full = overused || usage == Usage.OVERUSE;
        overused = false;
        if (state == State.DRAIN) {
            drain(nowNs);
        } else if (full) {
            cut(roundTripNs, nowNs);
        } else if (usage == Usage.UNDERUSE) {
            state = State.HOLD;
        } else if (state == State.HOLD) {
            state = State.INCREASE;
        } else {
            increase(seconds, roundTripNs, nowNs);
        }
        rateBps = Math.max(leastBps, Math.min(mostBps, rateBps));
    }

    private void cut(long roundTripNs, long nowNs) {
        double through = arrivals.bps();
        state = State.HOLD;
        boolean early = nowNs - cutNs < Math.max(LEAST_BETWEEN_CUTS_NS, roundTripNs);
        if (through <= 0 || (early && through * 2 > rateBps)) {
            return;
        }
        capacity.full(through / 1000);
        rateBps = Math.min(rateBps, through * CUT);
        cutNs = nowNs;
        if (queue.ns() > LONG_QUEUE_NS) {
            state = State.DRAIN;
            drainNs = nowNs;
            drainedBps = rateBps;
            rateBps = through * DRAIN;
        }
    }

    private void drain(long nowNs) {
        boolean failed = nowNs - drainNs > LONGEST_DRAIN_NS;
        if (queue.ns() < SHORT_QUEUE_NS || failed) {
            state = State.HOLD;
            rateBps = drainedBps;
            if (failed) {
                queue.forget(); // it is no queue: the way itself has become longer
            }
            return;
        }
        // while there is a queue, what comes through is all that the network carries
        double through = arrivals.bps();
        if (through > 0) {
            rateBps = Math.min(rateBps, through * DRAIN);
            drainedBps = Math.min(drainedBps, through * CUT);
        }
    }

    private void increase(double seconds, long roundTripNs, long nowNs) {
        double through = arrivals.bps();
        double most = Math.max(rateBps, PROVEN * through + SLACK_BPS);
        if (nowNs - cutNs > CAPACITY_LASTS_NS) {
            capacity.forget();
        }
        if (capacity.near(through / 1000)) {
            double packets = Math.ceil(rateBps / PICTURES_PER_SECOND / PACKET_BITS);
            double packetBits = rateBps / PICTURES_PER_SECOND / packets;
            double additive = packetBits / ((roundTripNs + RESPONSE_NS) / NS_PER_SECOND);
            rateBps = Math.min(most, rateBps + additive * seconds);
        } else if (through * 2 > rateBps) {
            rateBps = Math.min(most, rateBps * Math.pow(1 + GROWTH, seconds));
        } else {
            rateBps *= Math.pow(1 + UNPROVEN_GROWTH, seconds);
        }
    }

    /** What comes through now, bits per second; 0 while that is unknown. */
    long throughBps() {
        return arrivals.bps();
    }

    /** What may be sent, bits per second. */
    int targetBps() {
        return (int) rateBps;
    }
}
