package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.rtp.Arrival;
import org.sipmgw.media.rtp.CommonClock;
import org.sipmgw.media.rtp.Forwarder;
import org.sipmgw.media.rtp.KeyFrameRequests.Step;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.ReceiveStatistics;
import org.sipmgw.media.rtp.SourceClock;
import org.sipmgw.media.rtp.TelephoneEvents;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaListener;

/** One kind of media of a call with the room: its sockets and the state of its packets. Belongs to the media thread. */
final class RoomTrack {
    private static final long INFO_SPACING_NS = 1_000_000_000L;
    private static final long KEEP_ALIVE_NS = 15_000_000_000L;

    private final MediaKind kind;
    private final Parts parts;
    private final PageLeg page;
    private final OutgoingTrack outgoing;
    private final MediaListener listener;
    private final Admission admission = new Admission();
    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private final SourceClock sourceClock;
    private final Forwarder forwarder;
    private final Pictures pictures;
    private final RoomControl control;
    private final RoomToPagePath path;
    private final TelephoneEvents events = new TelephoneEvents();
    private final Resender resender;
    private final LossRecovery recovery;
    private final ReportSchedule reports;
    private @Nullable NegotiatedStream stream;
    private boolean restartPending;
    private long sentAtReport;
    private long lastInfoNs = Long.MIN_VALUE / 2;
    private long lastKeepAliveNs = Long.MIN_VALUE / 2;

    /** What tracks of a call have in common, and their own sockets. */
    record Parts(MediaLoop loop, PortPair ports, CommonClock clock, String cname, Random random) {}

    RoomTrack(
            MediaKind kind,
            Parts parts,
            SourceClock.Shared roomClock,
            PageLeg page,
            OutgoingTrack outgoing,
            MediaListener listener) {
        this.kind = kind;
        this.parts = parts;
        this.page = page;
        this.outgoing = outgoing;
        this.listener = listener;
        this.sourceClock = new SourceClock(roomClock);
        Random random = parts.random();
        this.forwarder = new Forwarder(page.output(kind).ssrc(), random.nextInt(0x4000), random.nextInt());
        this.pictures = new Pictures(parts.loop().pool(), random.nextInt(0x4000));
        this.resender = new Resender(parts.loop().pool(), outgoing.sink(), random);
        this.control = new RoomControl(parts, statistics, sourceClock, new RoomFeedback(outgoing, resender), outgoing);
        this.recovery = new LossRecovery(statistics, control);
        this.path = new RoomToPagePath(this, page);
        this.reports = new ReportSchedule(random);
    }

    /** Packets come and go by this from now on. */
    void agree(NegotiatedStream agreed, long nowNs) {
        NegotiatedStream before = stream;
        stream = agreed;
        parts.ports().handler(path);
        admission.agree(agreed);
        control.agree(agreed, admission.latch());
        resender.agree(agreed);
        recovery.agree(agreed);
        if (before == null || !before.codec().equals(agreed.codec())) {
            statistics.clockRateHz(agreed.codec().clockRateHz());
            sourceClock.restart(agreed.codec().clockRateHz());
            pictures.format(kind, agreed.codec());
        }
        pageChanged();
        direct();
        lastKeepAliveNs = nowNs;
        openTheWay();
    }

    /** Nothing is agreed any more. */
    void end() {
        stream = null;
        admission.end();
        control.end();
        outgoing.sink().destination(null);
    }

    /** The page's connection is another one, or the codec is. */
    void pageChanged() {
        NegotiatedStream agreed = stream;
        if (agreed == null) {
            return;
        }
        int payloadType = page.payloadType(kind, agreed.codec()).orElse(-1);
        page.output(kind).takesFormat(payloadType >= 0);
        if (payloadType >= 0) {
            forwarder.format(payloadType, agreed.codec().clockRateHz());
        }
    }

    /** A telephone event has come: reported once, never forwarded. */
    void event(Packet packet, Arrival arrival) {
        restartPending |= arrival == Arrival.RESTARTED;
        forwarder.skip(packet, arrival);
        char key = events.key(packet);
        if (key != 0) {
            listener.onDtmf(key);
        }
    }

    /** A packet has come that will be forwarded; how it stands in what is forwarded. */
    Arrival arrived(Packet packet, Arrival arrival, long nowNs) {
        Arrival effective = restartPending ? Arrival.RESTARTED : arrival;
        restartPending = false;
        if (effective == Arrival.RESTARTED) {
            sourceClock.restart(statistics.clockRateHz());
            pictures.restart();
            pictures.requests().want();
            direct();
        }
        if (effective != Arrival.LATE) {
            sourceClock.packet(packet.timestamp(), nowNs);
        }
        return effective;
    }

    /** The page, or the state of the stream, needs a key frame of the room. */
    void keyFrameWanted(long nowNs) {
        pictures.requests().want();
        requestKeyFrame(nowNs);
    }

    /** What is due by time. */
    void tick(long nowNs) {
        NegotiatedStream agreed = stream;
        if (agreed == null) {
            return;
        }
        direct();
        if (kind == MediaKind.VIDEO && page.connected()) {
            if (recovery.beyondRepair(nowNs)) {
                pictures.requests().want();
            }
            requestKeyFrame(nowNs);
        }
        if (reports.due(nowNs)) {
            report(false, nowNs);
            if (sourceClock.known() && forwarder.started()) {
                page.report(kind, forwarder.outgoingTimestamp(sourceClock.timestampAt(nowNs)), nowNs);
            }
        }
        if (nowNs - lastKeepAliveNs >= KEEP_ALIVE_NS) {
            lastKeepAliveNs = nowNs;
            openTheWay();
        }
    }

    /** Sends the report of this moment; the last one says goodbye. */
    void report(boolean bye, long nowNs) {
        if (stream != null) {
            long sent = outgoing.packets();
            control.report(outgoing, sent != sentAtReport, bye, nowNs);
            sentAtReport = sent;
        }
    }

    private void requestKeyFrame(long nowNs) {
        if (!receives() || !statistics.started() || !page.connected()) {
            return;
        }
        Step step = pictures.requests().poll(nowNs);
        if (step == Step.NOTHING
                || control.requestKeyFrame(outgoing.ssrc(), pictures.requests().commandSequence())) {
            return;
        }
        if (nowNs - lastInfoNs >= INFO_SPACING_NS) {
            lastInfoNs = nowNs;
            listener.onKeyFrameNeeded();
        }
    }

    /** Tells the sink where the room's packets come from: that is where ours go. */
    private void direct() {
        NegotiatedStream agreed = stream;
        outgoing.sink()
                .destination(
                        agreed != null && Held.sends(agreed)
                                ? admission.latch().destination(agreed.remoteRtp())
                                : null);
    }

    /** An RTP packet of no payload opens a NAT for the room's, where the gateway itself has nothing to send (RFC 6263). */
    private void openTheWay() {
        NegotiatedStream agreed = stream;
        if (agreed == null || Held.isHeld(agreed) || outgoing.packets() != sentAtReport) {
            return;
        }
        InetSocketAddress to = admission.latch().destination(agreed.remoteRtp());
        Packet packet = parts.loop().pool().acquire(Packet.FIXED_HEADER);
        Arrays.fill(packet.buffer(), 0, Packet.FIXED_HEADER, (byte) 0);
        packet.buffer()[0] = (byte) 0x80;
        packet.payloadType(unusedType(agreed));
        // in line with the stream: a receiver that counts it in must see no jump
        packet.sequence(outgoing.lastSequence());
        packet.timestamp(outgoing.timestampAt(System.nanoTime()));
        packet.ssrc(outgoing.ssrc());
        parts.ports().rtp().send(packet, to);
        parts.loop().pool().release(packet);
    }

    private static int unusedType(NegotiatedStream agreed) {
        return agreed.codec().payloadType() == 127 ? 126 : 127;
    }

    /** Whether the room should be sending. */
    boolean receives() {
        NegotiatedStream agreed = stream;
        return agreed != null && agreed.direction().receives() && !Held.isHeld(agreed);
    }

    MediaKind kind() {
        return kind;
    }

    Admission admission() {
        return admission;
    }

    ReceiveStatistics statistics() {
        return statistics;
    }

    Forwarder forwarder() {
        return forwarder;
    }

    Pictures pictures() {
        return pictures;
    }

    LossRecovery recovery() {
        return recovery;
    }

    RoomControl control() {
        return control;
    }

    RoomToPagePath path() {
        return path;
    }

    PageOutput pageOutput() {
        return page.output(kind);
    }

    OutgoingTrack outgoing() {
        return outgoing;
    }

    @Nullable
    NegotiatedStream stream() {
        return stream;
    }

    /** Gives the page again what it misses, or asks the room for it. */
    void missing(int pageSequence, long nowNs) {
        if (page.output(kind).resend(pageSequence, parts.loop().pool(), nowNs)) {
            return;
        }
        int forwarded = pictures.source(pageSequence);
        int room = forwarded < 0 ? -1 : forwarder.roomSequence(forwarded);
        if (room >= 0) {
            recovery.missedByPage(room);
        }
    }

    void close() {
        parts.ports().close();
    }
}
