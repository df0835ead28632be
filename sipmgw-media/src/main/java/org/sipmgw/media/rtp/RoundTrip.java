package org.sipmgw.media.rtp;

/** How long a packet takes there and back, from the report blocks of the other side (RFC 3550 section 6.4.1). */
public final class RoundTrip {
    /** What is taken for it before the first measurement. */
    public static final long UNKNOWN_NS = 100_000_000L;

    private static final long MOST_NS = 10_000_000_000L;
    private static final int GAIN = 4;

    private long smoothNs;
    private long newestNs;
    private boolean known;

    /**
     * A report block of the other side has come.
     *
     * @param nowNtp when, as in sender reports
     * @param lastSr middle 32 bits of the sender report that it has seen last, 0 for none
     * @param delay since then, in 65536ths of a second, 0 where the other side does not count
     * @return whether it told a time
     */
    public boolean report(long nowNtp, int lastSr, int delay) {
        if (lastSr == 0 || delay == 0) {
            return false; // one that never waited has not counted: its reports tell no time
        }
        int ticks = (int) (nowNtp >>> 16) - lastSr - delay;
        long ns = (Math.max(0, ticks) * 1_000_000_000L) >> 16;
        if (ns > MOST_NS) {
            return false;
        }
        newestNs = ns;
        smoothNs = known ? smoothNs + (ns - smoothNs) / GAIN : ns;
        known = true;
        return true;
    }

    /** Smoothed, or {@link #UNKNOWN_NS}. */
    public long ns() {
        return known ? smoothNs : UNKNOWN_NS;
    }

    /** The newest measurement, 0 before the first. */
    public long newestNs() {
        return newestNs;
    }
}
