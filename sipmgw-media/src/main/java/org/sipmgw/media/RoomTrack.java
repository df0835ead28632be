package org.sipmgw.media;

import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.rtp.Arrival;
import org.sipmgw.media.rtp.CommonClock;
import org.sipmgw.media.rtp.Forwarder;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.ReceiveStatistics;
import org.sipmgw.media.rtp.SourceClock;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaListener;

/** One kind of media of a call with the room: its sockets and the state of its packets. Belongs to the media thread. */
final class RoomTrack {

    private final MediaKind kind;
    private final Parts parts;
    private final PageLeg page;
    private final OutgoingTrack outgoing;
    private final Admission admission = new Admission();
    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private final SourceClock sourceClock;
    private final Forwarder forwarder;
    private final Pictures pictures;
    private final RoomSecurity security;
    private final RoomIce ice;
    private final RoomControl control;
    private final RoomToPagePath path;
    private final RoomDtmf dtmf;
    private final Resender resender;
    private final LossRecovery recovery;
    private final SendRate sendRate;
    private final RoomRate roomRate;
    private final RoomArrivals arrivals;
    private final LossParity parity;
    private final NatOpener opener;
    private final KeyFrameAsking keyFrames;
    private final ReportSchedule reports;
    private @Nullable NegotiatedStream stream;
    private boolean restartPending;
    private long sentAtReport;

    /** What tracks of a call have in common, and their own sockets. */
    record Parts(
            MediaLoop loop,
            PortPair ports,
            CommonClock clock,
            String cname,
            Random random,
            int receiveBps,
            RoomHandshake.Parts handshakes,
            Optional<InBandKeys> tones) {}

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
        this.dtmf = new RoomDtmf(parts.tones(), outgoing.sink().dtmf(), listener);
        this.sourceClock = new SourceClock(roomClock);
        Random random = parts.random();
        this.forwarder = new Forwarder(page.output(kind).ssrc(), random.nextInt(0x4000), random.nextInt());
        this.pictures = new Pictures(parts.loop().pool(), random.nextInt(0x4000));
        this.opener = new NatOpener(parts.ports().rtp(), parts.loop().pool(), outgoing);
        this.sendRate = new SendRate(outgoing, kind, random.nextInt(0x1_0000), listener);
        this.resender = new Resender(parts.loop().pool(), outgoing.sink(), random);
        this.security =
                new RoomSecurity(parts.handshakes(), parts.ports(), outgoing.sink(), new TrackSecurity(this, listener));
        this.control = new RoomControl(
                parts, statistics, sourceClock, new RoomFeedback(outgoing, resender, sendRate), outgoing, security);
        this.ice = new RoomIce(parts, admission.latch(), control.latch(), this::wayFound, listener);
        this.keyFrames = new KeyFrameAsking(pictures.requests(), control, outgoing, listener);
        this.recovery = new LossRecovery(statistics, control);
        this.arrivals = new RoomArrivals(control);
        this.parity = new LossParity(parts.loop().pool());
        this.roomRate = new RoomRate(statistics, recovery, control, parts.receiveBps(), listener);
        this.path = new RoomToPagePath(this, page);
        this.reports = new ReportSchedule(random);
    }

    /** Packets come and go by this from now on. */
    void agree(NegotiatedStream agreed, long nowNs) {
        NegotiatedStream before = stream;
        stream = agreed;
        parts.ports().handlers(path, path::beside);
        admission.agree(agreed);
        control.agree(agreed, admission.latch());
        ice.agree(agreed, nowNs);
        security.agree(agreed, nowNs);
        resender.agree(agreed);
        dtmf.agree(agreed);
        recovery.agree(agreed);
        if (before == null || !before.codec().equals(agreed.codec())) {
            statistics.clockRateHz(agreed.codec().clockRateHz());
            sourceClock.restart(agreed.codec().clockRateHz());
            pictures.format(kind, agreed.codec());
        }
        pageChanged();
        direct();
        sendRate.agree(agreed);
        roomRate.agree(agreed);
        arrivals.agree(agreed);
        parity.agree(agreed);
        outgoing.sink().number(agreed.options().transportSequenceId().orElse(0), sendRate.sent());
        opener.due(nowNs);
        openTheWay(nowNs);
    }

    /** Nothing is agreed any more. */
    void end() {
        stream = null;
        admission.end();
        control.end();
        ice.end();
        security.end();
        dtmf.end();
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
        leftOut(packet, arrival);
        dtmf.event(packet);
    }

    /** A packet has come that is never forwarded. */
    void leftOut(Packet packet, Arrival arrival) {
        restartPending |= arrival == Arrival.RESTARTED;
        forwarder.skip(packet, arrival);
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
        ice.tick(nowNs);
        direct();
        if (kind == MediaKind.VIDEO && page.connected()) {
            if (recovery.beyondRepair(nowNs)) {
                pictures.requests().want();
            }
            requestKeyFrame(nowNs);
        }
        if (kind == MediaKind.VIDEO) {
            roomRate.tick(nowNs);
        }
        arrivals.tick(nowNs);
        sendRate.tick(nowNs);
        if (reports.due(nowNs)) {
            report(false, nowNs);
            if (sourceClock.known() && forwarder.started()) {
                page.report(kind, forwarder.outgoingTimestamp(sourceClock.timestampAt(nowNs)), nowNs);
            }
        }
        if (opener.due(nowNs)) {
            openTheWay(nowNs);
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
        if (receives() && statistics.started() && page.connected()) {
            keyFrames.poll(nowNs);
        }
    }

    /** Tells the sink where the room's packets come from: that is where ours go. */
    void direct() {
        NegotiatedStream agreed = stream;
        outgoing.sink()
                .destination(
                        agreed != null && Held.sends(agreed) && wayKnown()
                                ? admission.latch().destination(agreed.remoteRtp())
                                : null);
    }

    /** With ICE nothing goes to an address that has not agreed to it. */
    boolean wayKnown() {
        return !ice.active() || admission.latch().latched();
    }

    private void wayFound() {
        direct();
        security.begin();
    }

    private void openTheWay(long nowNs) {
        NegotiatedStream agreed = stream;
        if (agreed != null && !ice.active() && !Held.isHeld(agreed) && outgoing.packets() == sentAtReport) {
            opener.open(agreed, admission.latch().destination(agreed.remoteRtp()), security.isRequired(), nowNs);
        }
    }

    /** Whether the room should be sending. */
    boolean receives() {
        NegotiatedStream agreed = stream;
        return agreed != null && agreed.direction().receives() && !Held.isHeld(agreed);
    }

    /** Whether the room takes what we send: it is not on hold. */
    boolean sends() {
        NegotiatedStream agreed = stream;
        return agreed != null && Held.sends(agreed);
    }

    MediaKind kind() {
        return kind;
    }

    Admission admission() {
        return admission;
    }

    RoomIce ice() {
        return ice;
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

    RoomDtmf dtmf() {
        return dtmf;
    }

    LossRecovery recovery() {
        return recovery;
    }

    LossParity parity() {
        return parity;
    }

    /** Of the picture or the sound; -1 while none is agreed. */
    int payloadType() {
        NegotiatedStream agreed = stream;
        return agreed == null ? -1 : agreed.codec().payloadType();
    }

    RoomArrivals arrivals() {
        return arrivals;
    }

    RoomSecurity security() {
        return security;
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
