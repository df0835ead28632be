package org.sipmgw.media.rate;

/**
 * Google Congestion Control by transport-wide feedback (draft-ietf-rmcat-gcc-02): the smaller one of what delay (section
 * 5) and loss (section 6) allow. While no such feedback comes, receiver reports bound the rate alone. Not thread-safe;
 * allocates nothing.
 */
public final class GoogleCongestionControl implements RateController, ArrivalFeedback {
    private static final long LOSS_WINDOW_NS = 500_000_000L;
    private static final int LOSS_PACKETS = 10;
    private static final long SILENCE_NS = 2_000_000_000L;

    private final LossBasedRate loss;
    private final DelayBasedRate delay;
    private boolean told;
    private long toldNs;
    private long windowNs;
    private int came;
    private int missing;
    private long bytes;

    /**
     * @param mostBps what the encoder makes at most; it begins with that
     */
    public GoogleCongestionControl(int mostBps) {
        loss = new LossBasedRate(mostBps);
        delay = new DelayBasedRate(LEAST_BPS, Math.max(LEAST_BPS, mostBps));
    }

    @Override
    public void report(double lossShare, long roundTripNs, long sentBps, long nowNs) {
        if (!told || nowNs - toldNs > SILENCE_NS) {
            loss.report(lossShare, roundTripNs, sentBps, nowNs);
        }
    }

    @Override
    public void arrived(long sentNs, long arrivedNs, int length) {
        came++;
        bytes += length;
        delay.arrived(sentNs, arrivedNs, length);
    }

    @Override
    public void missing() {
        missing++;
    }

    @Override
    public void end(long roundTripNs, long nowNs) {
        told = true;
        toldNs = nowNs;
        delay.update(roundTripNs, nowNs);
        if (windowNs == 0) {
            windowNs = nowNs;
        } else if (nowNs - windowNs >= LOSS_WINDOW_NS && came + missing >= LOSS_PACKETS) {
            double share = missing / (double) (came + missing);
            // what was lost was as large as what came
            double sentBytes = came == 0 ? 0 : bytes / (1 - share);
            // a queue is seen by delay: the round trip need not tell of it
            loss.report(share, 0, (long) (sentBytes * 8e9 / (nowNs - windowNs)), nowNs);
            windowNs = nowNs;
            came = 0;
            missing = 0;
            bytes = 0;
        }
    }

    @Override
    public int targetBps() {
        return Math.min(loss.targetBps(), delay.targetBps());
    }
}
