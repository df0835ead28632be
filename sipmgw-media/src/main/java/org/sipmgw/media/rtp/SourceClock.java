package org.sipmgw.media.rtp;

import org.jspecify.annotations.Nullable;

/**
 * When the moment of an RTP timestamp was, on the gateway's clock: from the sender's reports where it sends them, else
 * from arrival times. Streams of one sender share the difference between its clock and ours, so that what was taken at
 * one moment stays together. Not thread-safe.
 */
public final class SourceClock {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long SAME_CLOCK_NS = 500_000_000L;

    /** How fast an old best arrival is given up, so that the sender's clock may drift: 100 millionths. */
    private static final long DRIFT = 10_000;

    private final Shared shared;
    private int clockRateHz = 90_000;
    private boolean reported;
    private int reportTimestamp;
    private long reportRoomNs;
    private long ownOffsetNs;
    private boolean arrived;
    private int arrivalTimestamp;
    private long arrivalNs;

    /** The difference between the sender's clock and ours, one for all streams of a call. */
    public static final class Shared {
        private @Nullable Long offsetNs;

        private long best(long measuredNs) {
            Long known = offsetNs;
            // the report that travelled fastest tells the least delay
            if (known == null || measuredNs < known || measuredNs - known > SAME_CLOCK_NS) {
                offsetNs = measuredNs;
                return measuredNs;
            }
            return known;
        }
    }

    /** A stream's clock. */
    public SourceClock(Shared shared) {
        this.shared = shared;
    }

    /** Another stream or another format begins. */
    public void restart(int rate) {
        clockRateHz = rate;
        reported = false;
        arrived = false;
    }

    /** A sender report of this stream. */
    public void report(long ntp, int rtpTimestamp, long nowNs) {
        reportRoomNs = CommonClock.ntpNs(ntp);
        reportTimestamp = rtpTimestamp;
        ownOffsetNs = shared.best(nowNs - reportRoomNs);
        reported = true;
    }

    /** A packet of this stream, the newest. */
    public void packet(int rtpTimestamp, long nowNs) {
        if (!arrived) {
            arrivalTimestamp = rtpTimestamp;
            arrivalNs = nowNs;
            arrived = true;
            return;
        }
        long expectedNs = arrivalNs + ticksNs(rtpTimestamp - arrivalTimestamp);
        long toleratedNs = Math.abs(nowNs - arrivalNs) / DRIFT;
        if (nowNs < expectedNs + toleratedNs || nowNs - expectedNs > NS_PER_SECOND) {
            arrivalTimestamp = rtpTimestamp;
            arrivalNs = nowNs;
        }
    }

    /** Whether {@link #timestampAt} knows anything. */
    public boolean known() {
        return reported || arrived;
    }

    /** The sender's RTP timestamp of this moment. */
    public int timestampAt(long nowNs) {
        if (reported) {
            return reportTimestamp + ticks(nowNs - (reportRoomNs + ownOffsetNs));
        }
        return arrivalTimestamp + ticks(nowNs - arrivalNs);
    }

    private long ticksNs(int ticks) {
        return (long) ticks * NS_PER_SECOND / clockRateHz;
    }

    private int ticks(long ns) {
        return (int) (ns / 1000 * clockRateHz / 1_000_000);
    }
}
