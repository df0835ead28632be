package org.sipmgw.media.rate;

/**
 * What the other side may send, where the way here is short: told by the packets that are lost on it. Not thread-safe;
 * does no I/O.
 */
public final class ReceiveRate {
    private static final double LITTLE_LOSS = 0.02;
    private static final double MUCH_LOSS = 0.10;
    private static final double CUT = 0.85;
    private static final double GROWTH = 1.25;
    private static final int LEAST_BPS = RateController.LEAST_BPS;
    private static final long HOLD_NS = 2_000_000_000L;

    private final int mostBps;
    private double boundBps;
    private long cutNs = Long.MIN_VALUE / 2;

    /**
     * @param mostBps what was agreed
     */
    public ReceiveRate(int mostBps) {
        this.mostBps = mostBps;
        this.boundBps = mostBps;
    }

    /**
     * About a second has passed.
     *
     * @param lossShare lost in it before anything was resent, 0 to 1
     * @param receivedBps bits per second received in it
     */
    public void second(double lossShare, long receivedBps, long nowNs) {
        if (lossShare > MUCH_LOSS) {
            boundBps = Math.min(boundBps, receivedBps * CUT);
            cutNs = nowNs;
        } else if (lossShare < LITTLE_LOSS && nowNs - cutNs > HOLD_NS) {
            boundBps *= GROWTH;
        }
        boundBps = Math.max(LEAST_BPS, Math.min(mostBps, boundBps));
    }

    /** What the other side may send, bits per second. */
    public int boundBps() {
        return (int) boundBps;
    }

    /** Whether that is less than what was agreed. */
    public boolean bounds() {
        return boundBps < mostBps;
    }
}
