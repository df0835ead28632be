package org.sipmgw.media;

import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.RtcpHandler;

/** What the room's RTCP says about what the gateway sends, and when its own streams were taken. */
final class RoomFeedback implements RtcpHandler {
    private final Outgoing outgoing;
    private final Resender resender;
    private final SendRate rate;
    private @Nullable RoomControl control;
    private int lastCommand = -1;
    private long nowNs;

    RoomFeedback(Outgoing outgoing, Resender resender, SendRate rate) {
        this.rate = rate;
        this.outgoing = outgoing;
        this.resender = resender;
    }

    void control(RoomControl newControl) {
        control = newControl;
    }

    void nowNs(long ns) {
        nowNs = ns;
    }

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
        if (control != null) {
            control.senderReport(ssrc, ntp, rtpTimestamp, nowNs);
        }
    }

    @Override
    public void reportBlock(int source, int fractionLost, int cumulativeLost, int jitter, int lastSr, int delay) {
        if (source == outgoing.ssrc()) {
            outgoing.reported(fractionLost, Math.max(0, cumulativeLost), jitter);
            if (control != null) {
                rate.report(fractionLost, control.roundTrip(lastSr, delay, nowNs), nowNs);
            }
        }
    }

    @Override
    public void missing(int media, int sequence) {
        if (media == outgoing.ssrc() && control != null) {
            if (resender.missing(sequence, control.roundTripNs(), nowNs)) {
                rate.missed();
            }
        }
    }

    @Override
    public void pictureLoss(int media) {
        if (media == outgoing.ssrc()) {
            outgoing.keyFrameWanted();
        }
    }

    /** A repeated command is carried out once (RFC 5104 section 4.3.1.2). */
    @Override
    public void fullIntra(int media, int sequence) {
        if (media == outgoing.ssrc() && sequence != lastCommand) {
            lastCommand = sequence;
            outgoing.keyFrameWanted();
        }
    }

    @Override
    public void bitrateRequest(int sender, int media, int entry, long bitrateBps) {
        if (media == outgoing.ssrc() && control != null) {
            rate.requested(bitrateBps, entry & 0x1FF, nowNs);
            control.notifyBitrate(outgoing.ssrc(), sender, entry);
        }
    }

    @Override
    public void packetArrived(int sequence, long arrivedNs) {
        rate.arrived(sequence, arrivedNs);
    }

    @Override
    public void packetMissing(int sequence) {
        rate.lost(sequence);
    }

    @Override
    public void arrivalsEnd() {
        if (control != null) {
            rate.arrivalsEnd(control.roundTripNs(), nowNs);
        }
    }

    @Override
    public void estimatedBitrate(long bitrateBps) {
        rate.estimated(bitrateBps, nowNs);
    }
}
