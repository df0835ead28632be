package org.sipmgw.media;

import org.sipmgw.media.capture.CaptureSettings;
import org.sipmgw.media.rate.LossBasedRate;
import org.sipmgw.media.rate.RateController;
import org.sipmgw.media.rtp.RoundTrip;
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
    private static final int PACKET_BYTES = 1200;

    private final Outgoing outgoing;
    private final LossAlarm alarm;
    private int mostBps = CaptureSettings.UNSTATED_LIMITS.maxBitrateBps();
    private RateController controller;
    private int requestedBps = NO_BOUND;
    private int estimatedBps = NO_BOUND;
    private long estimatedNs;
    private boolean active;
    private int toldBps;
    private long toldNs;
    private long reportedNs;
    private long reportedOctets;
    private long reportedPackets;
    private int missed;

    SendRate(Outgoing outgoing, MediaKind kind, MediaListener listener) {
        this.alarm = new LossAlarm(Way.CONFERENCE_TO_ROOM, kind, listener);
        this.outgoing = outgoing;
        this.controller = new LossBasedRate(mostBps);
    }

    /** What the room takes at most from now on; what is known of the network stays known where that does not change. */
    void agree(NegotiatedStream agreed) {
        int bps = agreed.sendLimits().orElse(CaptureSettings.UNSTATED_LIMITS).maxBitrateBps();
        if (bps != mostBps) {
            mostBps = bps;
            controller = new LossBasedRate(mostBps);
            requestedBps = NO_BOUND;
            estimatedBps = NO_BOUND;
        }
    }

    /**
     * A report block about what we send.
     *
     * @param fractionLost of 256
     */
    void report(int fractionLost, RoundTrip roundTrip, long nowNs) {
        long octets = outgoing.octets();
        long packets = outgoing.packets();
        long sinceNs = nowNs - reportedNs;
        if (reportedNs != 0 && sinceNs > 0) {
            long sentBps = (octets - reportedOctets) * 8_000_000 / Math.max(1, sinceNs / 1000);
            double share = Math.max(
                    fractionLost / 256.0, missed / (double) Math.max(Math.max(1, missed), packets - reportedPackets));
            alarm.measured(share, nowNs);
            controller.report(share, roundTrip.newestNs(), sentBps, nowNs);
            active = true;
        }
        reportedNs = nowNs;
        reportedOctets = octets;
        reportedPackets = packets;
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
        if (bps != toldBps || nowNs - toldNs >= REPEAT_NS) {
            toldBps = bps;
            toldNs = nowNs;
            outgoing.bitrateWanted(bps);
        }
    }

    /** What is sent at most now, bits per second; 0 before anything bounds it. */
    int targetBps() {
        return toldBps;
    }
}
