package org.sipmgw.media;

import org.sipmgw.media.rtp.Arrival;
import org.sipmgw.media.rtp.MissingPackets;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.ReceiveStatistics;
import org.sipmgw.media.rtp.Rtx;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtcpFeedback;

/**
 * What is done about packets of the room that do not arrive: asked for again where that was agreed; a key frame must
 * heal what stays missing. Belongs to the media thread.
 */
final class LossRecovery {
    private static final int NONE = -1;
    /** Parity comes behind the picture that it covers, or behind a few. */
    private static final long PARITY_NS = 40_000_000L;

    private final ReceiveStatistics statistics;
    private final RoomControl control;
    private final MissingPackets missing = new MissingPackets();
    private final LossWatch watch = new LossWatch();
    private final MissingPackets.Requests requests = this::ask;
    private boolean asks;
    private long holdNs;
    private int rtxPayloadType = NONE;
    private int payloadType = NONE;

    LossRecovery(ReceiveStatistics statistics, RoomControl control) {
        this.statistics = statistics;
        this.control = control;
    }

    /** What was agreed. */
    void agree(NegotiatedStream agreed) {
        boolean may = agreed.kind() == MediaKind.VIDEO && agreed.feedback().contains(RtcpFeedback.NACK);
        asks = may;
        holdNs = agreed.options().parity().isPresent() ? PARITY_NS : 0;
        payloadType = agreed.codec().payloadType();
        rtxPayloadType = agreed.options().rtxPayloadType().orElse(NONE);
    }

    /** Makes the original packet of a retransmission (RFC 4588); false where there is none. */
    boolean unwrap(Packet packet) {
        return packet.payloadType() != rtxPayloadType
                || (statistics.started() && Rtx.unwrap(packet, payloadType, statistics.ssrc()));
    }

    /** A packet has come; what is missing before it is asked for at once. */
    void arrived(Packet packet, Arrival arrival, long nowNs) {
        missing.arrived(packet.sequence(), arrival, nowNs);
        if (asks) {
            missing.poll(nowNs, control.roundTripNs(), holdNs, requests);
        }
    }

    /** What is due by time; whether a key frame must heal what was lost. */
    boolean beyondRepair(long nowNs) {
        missing.poll(nowNs, control.roundTripNs(), holdNs, requests);
        if (!asks) {
            return watch.stayedMissing(statistics.lost(), nowNs);
        }
        return missing.takeGivenUp();
    }

    /** The page misses a packet of this number and cannot be given it from what was forwarded. */
    void missedByPage(int sequence) {
        if (!missing.follows(sequence)) {
            ask(sequence, 0);
        }
    }

    /** Packets that were missed, whatever became of them. */
    long missed() {
        return missing.missed();
    }

    /** Packets that came after they were missed. */
    long recovered() {
        return missing.recovered();
    }

    /** Packets that are missing now and still awaited. */
    int missingNow() {
        return missing.count();
    }

    private void ask(int first, int following) {
        // RoomControl keeps silent where NACK was not agreed
        control.requestPackets(first, following);
    }
}
