package org.sipmgw.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.rtp.ArrivalLog;
import org.sipmgw.media.rtp.CommonClock;
import org.sipmgw.media.rtp.Latch;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.ReceiveStatistics;
import org.sipmgw.media.rtp.RoundTrip;
import org.sipmgw.media.rtp.RtcpReader;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.SourceClock;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtcpFeedback;

/** RTCP of one kind of media with the room: read here, made anew here. Belongs to the media thread. */
final class RoomControl {
    private static final int REPORT_BYTES = 512;

    /** Of IPv4, UDP and RTP, before each packet. */
    private static final int HEADER_BYTES = 40;

    /** Five of the usual intervals of reports: the sender is gone (RFC 3550 section 6.3.5). */
    private static final long SILENCE_NS = 25_000_000_000L;

    private final MediaLoop loop;
    private final PortPair ports;
    private final CommonClock clock;
    private final String cname;
    private final ReceiveStatistics statistics;
    private final SourceClock sourceClock;
    private final Latch latch = new Latch(SILENCE_NS);
    private final RtcpReader reader = new RtcpReader();
    private final RoomFeedback feedback;
    private final RoomSecurity security;
    private final Outgoing outgoing;
    private final RoundTrip roundTrip = new RoundTrip();
    private @Nullable NegotiatedStream stream;
    private @Nullable Latch rtpLatch;
    private int lastSr;
    private long lastSrNs;

    RoomControl(
            RoomTrack.Parts parts,
            ReceiveStatistics statistics,
            SourceClock sourceClock,
            RoomFeedback feedback,
            Outgoing outgoing,
            RoomSecurity security) {
        this.security = security;
        this.outgoing = outgoing;
        this.loop = parts.loop();
        this.ports = parts.ports();
        this.clock = parts.clock();
        this.cname = parts.cname();
        this.statistics = statistics;
        this.sourceClock = sourceClock;
        this.feedback = feedback;
        feedback.control(this);
    }

    void agree(NegotiatedStream agreed, Latch mediaLatch) {
        boolean described = agreed.options().ice().isEmpty();
        if (described && (stream == null || !stream.remoteRtcp().equals(agreed.remoteRtcp()))) {
            latch.reset();
        }
        stream = agreed;
        rtpLatch = mediaLatch;
    }

    void end() {
        stream = null;
        latch.reset();
    }

    Latch latch() {
        return latch;
    }

    /** Reads a compound packet. */
    PathStatus received(Packet packet, InetSocketAddress source, long nowNs) {
        NegotiatedStream agreed = stream;
        if (agreed == null) {
            return PathStatus.NOT_AGREED;
        }
        PathStatus opened = security.openControl(packet, nowNs);
        if (opened != PathStatus.FORWARDED) {
            return opened;
        }
        feedback.nowNs(nowNs);
        if (reader.read(packet, feedback) == RtcpReader.Status.MALFORMED) {
            return PathStatus.MALFORMED;
        }
        if (!agreed.rtcpMux()) {
            if (statistics.started()) {
                // who sends the media that is let in says where the reports about it go
                latch.stream(statistics.ssrc());
            }
            latch.accept(source, RtcpReader.sender(packet), nowNs);
        }
        return PathStatus.CONTROL;
    }

    /** A sender report has come. */
    void senderReport(int ssrc, long ntp, int rtpTimestamp, long nowNs) {
        if (statistics.started() && ssrc == statistics.ssrc()) {
            sourceClock.report(ntp, rtpTimestamp, nowNs);
            lastSr = (int) (ntp >>> 16);
            lastSrNs = nowNs;
        }
    }

    /** Sends what is due: a sender report where the gateway sends, else a receiver report; with a goodbye at the end. */
    void report(Outgoing outgoing, boolean sending, boolean bye, long nowNs) {
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        RtcpWriter writer = new RtcpWriter(packet);
        if (sending) {
            writer.senderReport(
                    outgoing.ssrc(), clock.ntp(nowNs), outgoing.timestampAt(nowNs), (int) outgoing.packets(), (int)
                            outgoing.octets());
        } else {
            writer.receiverReport(outgoing.ssrc());
        }
        if (statistics.started()) {
            int delay = lastSr == 0 ? 0 : (int) ((nowNs - lastSrNs) / 1000 * 65_536 / 1_000_000);
            statistics.report(writer, lastSr, delay);
        }
        writer.canonicalName(outgoing.ssrc(), cname);
        if (bye) {
            writer.bye(outgoing.ssrc());
        }
        sendAndRelease(packet);
    }

    /** Asks for a key frame in the way that was agreed; false where none was. */
    boolean requestKeyFrame(int ownSsrc, int commandSequence) {
        NegotiatedStream agreed = stream;
        if (agreed == null || !statistics.started()) {
            return false;
        }
        boolean pli = agreed.feedback().contains(RtcpFeedback.PLI);
        if (!pli && !agreed.feedback().contains(RtcpFeedback.FIR)) {
            return false;
        }
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        RtcpWriter writer = compound(packet, ownSsrc);
        if (pli) {
            writer.pictureLoss(ownSsrc, statistics.ssrc());
        } else {
            writer.fullIntra(ownSsrc, statistics.ssrc(), commandSequence);
        }
        sendAndRelease(packet);
        return true;
    }

    /** Asks for packets again, where that was agreed: {@code first} and those behind it whose bit is set. */
    void requestPackets(int first, int following) {
        NegotiatedStream agreed = stream;
        if (agreed != null && agreed.feedback().contains(RtcpFeedback.NACK) && statistics.started()) {
            int ownSsrc = outgoing.ssrc();
            Packet packet = loop.pool().acquire(REPORT_BYTES);
            compound(packet, ownSsrc).nack(ownSsrc, statistics.ssrc(), first, following);
            sendAndRelease(packet);
        }
    }

    /** Asks the room to send no more than this (TMMBR). */
    void requestBitrate(int bitrateBps) {
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        int entry = RtcpWriter.bitrateEntry(bitrateBps, HEADER_BYTES);
        compound(packet, outgoing.ssrc()).bitrateRequest(outgoing.ssrc(), statistics.ssrc(), entry);
        sendAndRelease(packet);
    }

    /** Tells the room what can be received (REMB). */
    void estimateBitrate(int bitrateBps) {
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        compound(packet, outgoing.ssrc()).estimatedBitrate(outgoing.ssrc(), statistics.ssrc(), bitrateBps);
        sendAndRelease(packet);
    }

    /** Tells when packets came that the room has not been told of. */
    void tellArrivals(ArrivalLog log) {
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        log.write(compound(packet, outgoing.ssrc()), outgoing.ssrc(), statistics.ssrc());
        sendAndRelease(packet);
    }

    /** A report block about what we send has come. */
    RoundTrip roundTrip(int newLastSr, int delay, long nowNs) {
        roundTrip.report(clock.ntp(nowNs), newLastSr, delay);
        return roundTrip;
    }

    /** To the room and back, measured or assumed. */
    long roundTripNs() {
        return roundTrip.ns();
    }

    /** Tells the bound that is kept (TMMBN). */
    void notifyBitrate(int ownSsrc, int owner, int entry) {
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        compound(packet, ownSsrc).bitrateNotification(ownSsrc, owner, entry);
        sendAndRelease(packet);
    }

    private RtcpWriter compound(Packet packet, int ownSsrc) {
        return new RtcpWriter(packet).receiverReport(ownSsrc).canonicalName(ownSsrc, cname);
    }

    private void sendAndRelease(Packet packet) {
        InetSocketAddress to = destination();
        NegotiatedStream agreed = stream;
        if (to != null && agreed != null && security.seal(packet)) {
            (agreed.rtcpMux() ? ports.rtp() : ports.rtcp()).send(packet, to);
        }
        loop.pool().release(packet);
    }

    /** The source of the room's RTCP, else beside the source of its media, else what was described. */
    @Nullable
    InetSocketAddress destination() {
        NegotiatedStream agreed = stream;
        if (agreed == null || Held.isHeld(agreed)) {
            return null;
        }
        if (agreed.options().ice().isPresent()) {
            // with ICE nothing goes to an address that has not agreed to it
            Latch way = agreed.rtcpMux() && rtpLatch != null ? rtpLatch : latch;
            return way.latched() ? way.destination(agreed.remoteRtcp()) : null;
        }
        if (latch.latched()) {
            return latch.destination(agreed.remoteRtcp());
        }
        Latch media = rtpLatch;
        InetSocketAddress followed = media == null ? agreed.remoteRtp() : media.destination(agreed.remoteRtp());
        if (agreed.rtcpMux()) {
            return followed;
        }
        boolean moved = !followed.getAddress().equals(agreed.remoteRtp().getAddress());
        return moved ? new InetSocketAddress(followed.getAddress(), followed.getPort() + 1) : agreed.remoteRtcp();
    }
}
