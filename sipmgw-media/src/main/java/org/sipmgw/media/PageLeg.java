package org.sipmgw.media;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.rtp.CommonClock;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpHandler;
import org.sipmgw.media.rtp.RtcpReader;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.webrtc.CodecFit;
import org.sipmgw.media.webrtc.LocalTrack;
import org.sipmgw.media.webrtc.PeerDescription;
import org.sipmgw.media.webrtc.WebRtcPeer;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.DeviceException;

/**
 * The connection into the page, replaced when the page offers again. What it sends keeps its SSRCs and numbers. Belongs
 * to the media thread but for {@link #connect} and {@link #close}, which block.
 */
final class PageLeg {
    private static final Logger LOG = System.getLogger(PageLeg.class.getName());
    private static final int REPORT_BYTES = 256;

    private final MediaLoop loop;
    private final Executor blocking;
    private final CommonClock clock;
    private final String cname;
    private final RtcpHandler feedback;
    private final Listener listener;
    private final RtcpReader reader = new RtcpReader();
    private final ByKind<PageOutput> outputs;
    private volatile @Nullable WebRtcPeer peer;
    private boolean connected;
    private boolean closed;

    /** What happens, on the media thread. */
    interface Listener {
        /** Packets reach a page now, or no longer do. */
        void pageConnected(boolean connected, String detail);
    }

    PageLeg(
            MediaLoop loop,
            Executor blocking,
            CommonClock clock,
            Identity identity,
            RtcpHandler feedback,
            Listener listener) {
        this.loop = loop;
        this.blocking = blocking;
        this.clock = clock;
        this.cname = identity.cname();
        this.feedback = feedback;
        this.listener = listener;
        this.outputs = new ByKind<>(
                new PageOutput(MediaKind.AUDIO, identity.audioSsrc()),
                new PageOutput(MediaKind.VIDEO, identity.videoSsrc()));
    }

    /** What the page knows this side by. */
    record Identity(String cname, int audioSsrc, int videoSsrc) {}

    PageOutput output(MediaKind kind) {
        return outputs.get(kind);
    }

    /** Answers an offer of the page; an earlier connection ends. Blocks for some milliseconds. */
    synchronized String connect(String offer) {
        PeerDescription.parse(offer);
        disconnect();
        if (closed) {
            throw new IllegalArgumentException("the session is closed");
        }
        try {
            PeerEvents events = new PeerEvents();
            WebRtcPeer made = WebRtcPeer.answering(loop, blocking, InetAddress.getLoopbackAddress(), cname, events);
            events.owner = made;
            peer = made;
            return made.answer(
                    offer,
                    List.of(
                            LocalTrack.answering(
                                    MediaKind.AUDIO,
                                    Direction.SENDONLY,
                                    outputs.audio().ssrc()),
                            LocalTrack.answering(
                                    MediaKind.VIDEO,
                                    Direction.SENDONLY,
                                    outputs.video().ssrc())));
        } catch (IOException e) {
            throw new DeviceException("loopback", "open", "no UDP port on the loopback interface", e);
        }
    }

    /** The payload type under which the page takes packets of {@code codec}. */
    Optional<Integer> payloadType(MediaKind kind, RtpCodec codec) {
        if (outputs.get(kind).fed()) {
            return Optional.of(codec.payloadType());
        }
        WebRtcPeer current = peer;
        return Optional.ofNullable(current)
                .flatMap(WebRtcPeer::remoteDescription)
                .flatMap(description -> description.first(kind))
                .flatMap(media -> CodecFit.best(media, codec))
                .map(RtpCodec::payloadType);
    }

    /** Whether somebody sees and hears the room: a page, or a decoder before devices. */
    boolean connected() {
        return connected || outputs.video().fed() || outputs.audio().fed();
    }

    /** Packets of that kind go there instead of into the page; null: into the page again. */
    void feed(MediaKind kind, @Nullable DeviceFeed device) {
        outputs.get(kind).feed(device);
    }

    /** Sends the sender report of one kind: now, and the timestamp of now in what is forwarded. */
    void report(MediaKind kind, int timestampNow, long nowNs) {
        WebRtcPeer current = peer;
        PageOutput output = outputs.get(kind);
        if (current == null || !connected || output.packets() == 0) {
            return;
        }
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        new RtcpWriter(packet)
                .senderReport(output.ssrc(), clock.ntp(nowNs), timestampNow, output.packets(), output.octets())
                .canonicalName(output.ssrc(), cname);
        current.sendRtcp(packet);
        loop.pool().release(packet);
    }

    private void disconnect() {
        WebRtcPeer old = peer;
        peer = null;
        if (old == null) {
            return;
        }
        loop.await(() -> {
            sendBye(old);
            outputs.forEach(output -> output.peer(null));
            if (connected) {
                connected = false;
                listener.pageConnected(false, "replaced");
            }
        });
        old.close();
    }

    private void sendBye(WebRtcPeer to) {
        Packet packet = loop.pool().acquire(REPORT_BYTES);
        for (PageOutput output : outputs.both()) {
            new RtcpWriter(packet)
                    .receiverReport(output.ssrc())
                    .canonicalName(output.ssrc(), cname)
                    .bye(output.ssrc());
            to.sendRtcp(packet);
        }
        loop.pool().release(packet);
    }

    /** Ends the connection for good. */
    synchronized void close() {
        closed = true;
        disconnect();
    }

    private final class PeerEvents implements WebRtcPeer.Listener {
        private volatile @Nullable WebRtcPeer owner;

        @Override
        public void onConnected() {
            if (owner == peer) {
                connected = true;
                outputs.forEach(output -> output.peer(owner));
                listener.pageConnected(true, "");
            }
        }

        @Override
        public void onFailed(String detail) {
            LOG.log(Level.INFO, "the page''s connection failed: {0}", detail);
            if (owner == peer) {
                connected = false;
                outputs.forEach(output -> output.peer(null));
                listener.pageConnected(false, detail);
            }
        }

        @Override
        public void onRtcp(Packet packet, long nowNs) {
            reader.read(packet, feedback);
        }
    }
}
