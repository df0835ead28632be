package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;

/**
 * How one kind of media with the room is protected: nothing to do, keys of the descriptions, or keys of a DTLS
 * handshake. While keys are agreed on but not there yet, nothing is let in and nothing is sent. Belongs to the media
 * thread; the sink has a session of its own, because it protects on another one.
 */
final class RoomSecurity {
    private final RoomHandshake.Parts parts;
    private final PortPair ports;
    private final RoomSink sink;
    private final Listener listener;
    private final RoomKeys media = new RoomKeys();
    private final RoomKeys control = new RoomKeys();
    private MediaSecurity agreed = MediaSecurity.plain();
    private @Nullable NegotiatedStream stream;
    private @Nullable RoomHandshake handshake;
    private @Nullable RoomHandshake controlHandshake;

    /** What happens, on the media thread. */
    interface Listener {
        /** Packets can be sent from now on; the room proved itself from this address, where it is known. */
        void protectedFrom(@Nullable InetSocketAddress peer);

        /** The room's packets cannot be opened; told once for each key. */
        void problem(String detail);

        /** Where the room's sockets are; null while that is unknown. */
        @Nullable
        InetSocketAddress destination(boolean control);
    }

    RoomSecurity(RoomHandshake.Parts parts, PortPair ports, RoomSink sink, Listener listener) {
        this.parts = parts;
        this.ports = ports;
        this.sink = sink;
        this.listener = listener;
    }

    /** Packets are protected so from now on; the same keys go on with their counters. */
    void agree(NegotiatedStream next, long nowNs) {
        NegotiatedStream before = stream;
        boolean same = next.security().equals(agreed) && (before == null || !otherTransport(before, next));
        stream = next;
        if (same) {
            begin();
            return;
        }
        agreed = next.security();
        endHandshakes();
        if (agreed instanceof MediaSecurity.Sdes sdes) {
            SrtpKeys keys = keys(sdes);
            SrtpSession session = new SrtpSession(keys, sdes.remoteMkiBytes());
            media.replace(session, nowNs);
            control.follow(media);
            sink.protect(true, new SrtpSession(keys), session);
        } else if (agreed instanceof MediaSecurity.Dtls dtls) {
            media.require(nowNs);
            control.require(nowNs);
            sink.protect(true, null, null);
            shakeHands(dtls, next.rtcpMux());
        } else {
            media.clear();
            control.clear();
            sink.protect(false, null, null);
        }
    }

    /** RFC 8842 section 3.2: without ICE and without a name that says otherwise, another address is another association. */
    private static boolean otherTransport(NegotiatedStream before, NegotiatedStream next) {
        return next.security() instanceof MediaSecurity.Dtls dtls
                && (before.rtcpMux() != next.rtcpMux()
                        || (dtls.remoteTlsId().isEmpty()
                                && next.options().ice().isEmpty()
                                && !Held.isHeld(before)
                                && !Held.isHeld(next)
                                && !before.remoteRtp().equals(next.remoteRtp())));
    }

    private static SrtpKeys keys(MediaSecurity.Sdes sdes) {
        return new SrtpKeys(
                SrtpProfile.of(sdes.suite()),
                sdes.local().key(),
                sdes.local().salt(),
                sdes.remote().key(),
                sdes.remote().salt());
    }

    private void shakeHands(MediaSecurity.Dtls dtls, boolean mux) {
        handshake = new RoomHandshake(parts, ports.rtp(), dtls, () -> listener.destination(false), new MediaKeyed(mux));
        // RFC 5764 section 3: RTCP on a port of its own has an association of its own
        controlHandshake = mux
                ? null
                : new RoomHandshake(parts, ports.rtcp(), dtls, () -> listener.destination(true), new ControlKeyed());
        begin();
    }

    /** Begins handshakes as far as the room can be reached. */
    void begin() {
        if (handshake != null) {
            handshake.begin();
        }
        if (controlHandshake != null) {
            controlHandshake.begin();
        }
    }

    private final class MediaKeyed implements RoomHandshake.Listener {
        private final boolean mux;

        MediaKeyed(boolean mux) {
            this.mux = mux;
        }

        @Override
        public void keyed(SrtpKeys keys, @Nullable InetSocketAddress peer) {
            long nowNs = System.nanoTime();
            SrtpSession session = new SrtpSession(keys);
            media.replace(session, nowNs);
            if (mux) {
                control.follow(media);
            }
            sink.protect(true, new SrtpSession(keys), session);
            listener.protectedFrom(peer);
        }

        @Override
        public void failed(String detail) {
            listener.problem("DTLS with the room failed: " + detail);
        }
    }

    private final class ControlKeyed implements RoomHandshake.Listener {
        @Override
        public void keyed(SrtpKeys keys, @Nullable InetSocketAddress peer) {
            control.replace(new SrtpSession(keys), System.nanoTime());
        }

        @Override
        public void failed(String detail) {
            listener.problem("DTLS with the room for RTCP failed: " + detail);
        }
    }

    /** Takes a DTLS datagram. */
    PathStatus handshake(Packet packet, InetSocketAddress source, boolean onControlSocket) {
        RoomHandshake taker = onControlSocket ? controlHandshake : handshake;
        if (taker == null) {
            return PathStatus.UNEXPECTED;
        }
        taker.datagram(packet, source);
        return PathStatus.HANDSHAKE;
    }

    /** Opens an RTP packet; {@link PathStatus#FORWARDED} where it may go on. */
    PathStatus open(Packet packet, long nowNs) {
        PathStatus status = media.open(packet, false, nowNs);
        if (status == PathStatus.FORGED && media.suspicious()) {
            report("");
        }
        return status;
    }

    /** Opens an RTCP packet; {@link PathStatus#FORWARDED} where it may go on. */
    PathStatus openControl(Packet packet, long nowNs) {
        PathStatus status = control.open(packet, true, nowNs);
        if (status == PathStatus.FORGED && control.suspicious()) {
            report(" RTCP");
        }
        return status;
    }

    private void report(String what) {
        NegotiatedStream current = stream;
        String kind = current == null ? "" : current.kind().toString().toLowerCase(Locale.ROOT);
        listener.problem(
                "none of the room's " + kind + what + " packets is authentic: its keys are not those it named");
    }

    /** Protects an RTCP packet; false where it must not be sent. */
    boolean seal(Packet packet) {
        return control.seal(packet);
    }

    /** Whether packets must be protected. */
    boolean isRequired() {
        return !(agreed instanceof MediaSecurity.Plain);
    }

    /** How media is protected now, in words without secrets. */
    String description() {
        String suite = media.profile().map(Enum::name).orElse("waiting for keys");
        if (agreed instanceof MediaSecurity.Sdes) {
            return "SDES " + suite;
        }
        return agreed instanceof MediaSecurity.Dtls ? "DTLS " + suite : "none";
    }

    private void endHandshakes() {
        if (handshake != null) {
            handshake.close();
        }
        if (controlHandshake != null) {
            controlHandshake.close();
        }
        handshake = null;
        controlHandshake = null;
    }

    /** Nothing is agreed any more; whatever comes later has new keys. */
    void end() {
        endHandshakes();
        agreed = MediaSecurity.plain();
        stream = null;
        media.clear();
        control.clear();
        sink.protect(false, null, null);
    }
}
