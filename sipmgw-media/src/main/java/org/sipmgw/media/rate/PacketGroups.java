package org.sipmgw.media.rate;

/**
 * Gathers packets that were sent together into groups, and compares each group with the one before
 * (draft-ietf-rmcat-gcc-02 sections 5.2 and 5.1.1). Not thread-safe; allocates nothing.
 */
final class PacketGroups {
    /** Packets sent within this time of the first are one group. */
    private static final long BURST_NS = 5_000_000L;

    /** A group that comes so soon after the one before, though sent later, was held up together with it. */
    private static final long LONGEST_BURST_NS = 100_000_000L;

    /** The clocks have jumped, or nothing was sent for long: comparing says nothing. */
    private static final long JUMP_NS = 3_000_000_000L;

    private boolean started;
    private long firstSentNs;
    private long lastSentNs;
    private long firstArrivedNs;
    private long lastArrivedNs;
    private boolean compared;
    private long beforeSentNs;
    private long beforeArrivedNs;
    private long sentDeltaNs;
    private long arrivedDeltaNs;

    /** Takes a packet; true where the group before it is complete and can be compared with its predecessor. */
    boolean add(long sentNs, long arrivedNs) {
        if (!started || Math.abs(arrivedNs - lastArrivedNs) > JUMP_NS || sentNs - lastSentNs > JUMP_NS) {
            begin(sentNs, arrivedNs);
            started = true;
            compared = false;
            return false;
        }
        if (sentNs - firstSentNs < 0) {
            return false; // of an older group: swapped on the way
        }
        if (together(sentNs, arrivedNs)) {
            lastSentNs = Math.max(lastSentNs, sentNs);
            lastArrivedNs = Math.max(lastArrivedNs, arrivedNs);
            return false;
        }
        boolean comparable = compared;
        if (comparable) {
            sentDeltaNs = lastSentNs - beforeSentNs;
            arrivedDeltaNs = lastArrivedNs - beforeArrivedNs;
        }
        beforeSentNs = lastSentNs;
        beforeArrivedNs = lastArrivedNs;
        compared = true;
        begin(sentNs, arrivedNs);
        return comparable;
    }

    private boolean together(long sentNs, long arrivedNs) {
        if (sentNs - firstSentNs <= BURST_NS) {
            return true;
        }
        long betweenArrivalsNs = arrivedNs - lastArrivedNs;
        return betweenArrivalsNs <= BURST_NS
                && betweenArrivalsNs < sentNs - lastSentNs
                && arrivedNs - firstArrivedNs < LONGEST_BURST_NS;
    }

    private void begin(long sentNs, long arrivedNs) {
        firstSentNs = sentNs;
        lastSentNs = sentNs;
        firstArrivedNs = arrivedNs;
        lastArrivedNs = arrivedNs;
    }

    /** How much later than its predecessor the group was sent. */
    long sentDeltaNs() {
        return sentDeltaNs;
    }

    /** How much later than its predecessor the group came. */
    long arrivedDeltaNs() {
        return arrivedDeltaNs;
    }

    /** When the group came. */
    long arrivedNs() {
        return beforeArrivedNs;
    }
}
