package org.sipmgw.media;

import org.jspecify.annotations.Nullable;
import org.sipmgw.media.capture.CaptureSettings;
import org.sipmgw.media.rate.ArrivalFeedback;
import org.sipmgw.media.rate.GoogleCongestionControl;
import org.sipmgw.media.rate.LossBasedRate;
import org.sipmgw.media.rate.RateController;
import org.sipmgw.media.rtp.RoundTrip;
import org.sipmgw.media.rtp.SentPackets;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaStatistics.Way;

/**
 * What the room is sent of a kind: what the network carries by the room's reports, within what the room asks for (TMMBR,
 * REMB). Belongs to the media thread.
 */
final class SendRate {
    private static final int NO_BOUND = Integer.MAX_VALUE;
    private static final int LEAST_BOUND_BPS = 64_000;
    private static final long REPEAT_NS = 1_000_000_000L;
    private static final long ESTIMATE_LASTS_NS = 10_000_000_000L;
    private static final double WORTH = 1.05;
    private static final int PACKET_BYTES = 1200;
    private static final long WINDOW_NS = 500_000_000L;

    private final Outgoing outgoing;
    private final LossAlarm alarm;
    private int mostBps = CaptureSettings.UNSTATED_LIMITS.maxBitrateBps();
    private final SentPackets sent;
    private RateController controller;
    private @Nullable ArrivalFeedback arrivals;
    private int requestedBps = NO_BOUND;
    private int estimatedBps = NO_BOUND;
    private long estimatedNs;
    private boolean active;
    private int toldBps;
    private long toldNs;
    private long windowNs;
    private long windowOctets;
    private long countedPackets;
    private long reportedPackets;
    private double lost;
    private int missed;

    SendRate(Outgoing outgoing, MediaKind kind, int firstNumber, MediaListener listener) {
        this.alarm = new LossAlarm(Way.CONFERENCE_TO_ROOM, kind, listener);
        this.outgoing = outgoing;
        this.sent = new SentPackets(firstNumber);
        this.controller = new LossBasedRate(mostBps);
    }

    /** What the room takes at most from now on; what is known of the network stays known where that does not change. */
    void agree(NegotiatedStream agreed) {
        int bps = agreed.sendLimits().orElse(CaptureSettings.UNSTATED_LIMITS).maxBitrateBps();
        boolean told = agreed.options().transportSequenceId().isPresent();
        if (bps != mostBps || told != (arrivals != null)) {
            mostBps = bps;
            control(told);
            requestedBps = NO_BOUND;
            estimatedBps = NO_BOUND;
        }
    }

    private void control(boolean toldOfArrivals) {
        if (toldOfArrivals) {
            GoogleCongestionControl both = new GoogleCongestionControl(mostBps);
            controller = both;
            arrivals = both;
        } else {
            controller = new LossBasedRate(mostBps);
            arrivals = null;
        }
    }

    /** Numbers and remembers packets where the room tells of each. */
    SentPackets sent() {
        return sent;
    }

    /** A packet came there. */
    void arrived(int number, long arrivedNs) {
        ArrivalFeedback taking = arrivals;
        if (taking != null && sent.take(number)) {
            taking.arrived(sent.takenNs(), arrivedNs, sent.takenBytes());
        }
    }

    /** A packet did not come. */
    void lost(int number) {
        ArrivalFeedback taking = arrivals;
        if (taking != null && sent.take(number)) {
            taking.missing();
        }
    }

    /** The room has told of some. */
    void arrivalsEnd(long roundTripNs, long nowNs) {
        ArrivalFeedback taking = arrivals;
        if (taking != null) {
            taking.end(roundTripNs, nowNs);
            active = true;
            tick(nowNs);
        }
    }

    /**
     * A report block about what we send. Some rooms send one with each feedback: they are gathered for half a second, since
     * a share of few packets says nothing.
     *
     * @param fractionLost of 256
     */
    void report(int fractionLost, RoundTrip roundTrip, long nowNs) {
        long packets = outgoing.packets();
        long since = packets - countedPackets;
        countedPackets = packets;
        reportedPackets += since;
        lost += fractionLost / 256.0 * since;
        if (windowNs == 0) {
            begin(nowNs);
        } else if (nowNs - windowNs >= WINDOW_NS && reportedPackets > 0) {
            double share = Math.min(1, Math.max(lost, missed) / reportedPackets);
            long sentBps = (outgoing.octets() - windowOctets) * 8_000_000 / ((nowNs - windowNs) / 1000);
            alarm.measured(share, nowNs);
            controller.report(share, roundTrip.newestNs(), sentBps, nowNs);
            active = true;
            begin(nowNs);
        }
    }

    private void begin(long nowNs) {
        windowNs = nowNs;
        windowOctets = outgoing.octets();
        reportedPackets = 0;
        lost = 0;
        missed = 0;
    }

    /** The room misses a packet, which its report will not tell of once it was resent. */
    void missed() {
        missed++;
    }

    /** TMMBR, with the bytes of headers that each packet has (RFC 5104 section 4.2.1.2). */
    void requested(long bitrateBps, int overheadBytes, long nowNs) {
        requestedBps = bounded(bitrateBps * PACKET_BYTES / (PACKET_BYTES + overheadBytes));
        active = true;
        tick(nowNs);
    }

    /** REMB. One that is not renewed is forgotten. */
    void estimated(long bitrateBps, long nowNs) {
        estimatedBps = bounded(bitrateBps);
        estimatedNs = nowNs;
        active = true;
        tick(nowNs);
    }

    private static int bounded(long bps) {
        return (int) Math.max(LEAST_BOUND_BPS, Math.min(NO_BOUND, bps));
    }

    /** Tells the encoder what has changed, and now and then what has not: the picture's size follows in steps. */
    void tick(long nowNs) {
        if (!active) {
            return;
        }
        if (nowNs - estimatedNs > ESTIMATE_LASTS_NS) {
            estimatedBps = NO_BOUND;
        }
        int bps = Math.min(controller.targetBps(), Math.min(requestedBps, estimatedBps));
        // arrivals are told ten times a second: little more is not worth another turn of the encoder
        if (bps < toldBps || bps > toldBps * WORTH || nowNs - toldNs >= REPEAT_NS) {
            toldBps = bps;
            toldNs = nowNs;
            outgoing.bitrateWanted(bps);
        }
    }
}
