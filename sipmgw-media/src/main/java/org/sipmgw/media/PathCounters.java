package org.sipmgw.media;

/** Counts where ways ended. One writer; an array by position, because nothing may be allocated per packet. */
@SuppressWarnings("EnumOrdinal")
final class PathCounters {
    private final long[] counts = new long[PathStatus.values().length];

    void count(PathStatus status) {
        counts[status.ordinal()]++;
    }

    /** How many ended so. */
    long of(PathStatus status) {
        return counts[status.ordinal()];
    }

    /** How many the gateway dropped. */
    long dropped() {
        long sum = 0;
        for (PathStatus status : PathStatus.values()) {
            sum += status.isDrop() ? of(status) : 0;
        }
        return sum;
    }
}
