package org.sipmgw.media.rtp;

/** How much may be resent: a share of the stream's rate, some of it at once. Not thread-safe. */
public final class ResendBudget {
    private static final long BURST_MS = 500;

    private long rateBps;
    private long bits;
    private long lastNs;
    private boolean started;

    /**
     * @param rateBps bits per second that may be resent in the long run
     */
    public ResendBudget(long rateBps) {
        rate(rateBps);
    }

    /** Another rate holds from now on. */
    public void rate(long newRateBps) {
        rateBps = newRateBps;
    }

    /** Whether {@code bytes} may be resent now; then they count. */
    public boolean take(int bytes, long nowNs) {
        long mostBits = rateBps * BURST_MS / 1000;
        bits = started ? bits + (nowNs - lastNs) / 1000 * rateBps / 1_000_000 : mostBits;
        bits = Math.min(bits, mostBits);
        lastNs = nowNs;
        started = true;
        if (bits < 8L * bytes) {
            return false;
        }
        bits -= 8L * bytes;
        return true;
    }
}
