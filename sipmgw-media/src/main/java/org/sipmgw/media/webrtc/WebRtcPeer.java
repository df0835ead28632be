package org.sipmgw.media.webrtc;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.dtls.DtlsConnection;
import org.sipmgw.media.dtls.DtlsIdentity;
import org.sipmgw.media.ice.Ice4jTransport;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketKind;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;

/**
 * One end of a WebRTC connection on one UDP port: everything bundled, RTCP multiplexed, DTLS-SRTP. The gateway's end of
 * the connection into a page, and a participant in tests; not meant for the world outside.
 *
 * <p>Descriptions are made from any thread. Packets belong to the loop: {@link #sendRtp} and {@link #sendRtcp} are
 * called there, and so is the listener.
 */
public final class WebRtcPeer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WebRtcPeer.class.getName());

    private final MediaLoop loop;
    private final Executor blocking;
    private final Listener listener;
    private final UdpPort port;
    private final Ice4jTransport ice;
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final String cname;
    private final AtomicBoolean handshaking = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable DtlsConnection dtls;
    private volatile @Nullable InetSocketAddress remote;
    private volatile @Nullable PeerDescription description;
    private volatile boolean draining;
    private @Nullable SrtpSession srtp;
    private boolean failed;
    private long refused;

    /** What happens; called on the loop's thread. */
    public interface Listener {
        /** Packets can be sent from now on. */
        default void onConnected() {}

        /** The connection did not come about or is lost; it does not come back. Called at most once. */
        default void onFailed(String detail) {}

        /** An RTP packet, opened. The packet is the peer's again when this returns. */
        default void onRtp(Packet packet, long nowNs) {}

        /** A compound RTCP packet, opened. */
        default void onRtcp(Packet packet, long nowNs) {}
    }

    private WebRtcPeer(
            MediaLoop loop, Executor blocking, InetAddress local, boolean offerer, String cname, Listener listener)
            throws IOException {
        this.loop = loop;
        this.blocking = blocking;
        this.listener = listener;
        this.cname = cname;
        this.port = loop.open(new InetSocketAddress(local, 0), this::datagram);
        try {
            this.ice = new Ice4jTransport(port, offerer, new IceEvents());
        } catch (IOException | RuntimeException e) {
            port.close();
            throw e;
        }
    }

    /**
     * A peer that will answer.
     *
     * @param loop reads the socket
     * @param blocking runs the handshake, which blocks up to 15 s
     * @param local the address to bind and to offer as the only candidate
     * @param cname names this side in RTCP
     * @throws IOException when no socket can be had
     */
    public static WebRtcPeer answering(
            MediaLoop loop, Executor blocking, InetAddress local, String cname, Listener listener) throws IOException {
        return new WebRtcPeer(loop, blocking, local, false, cname, listener);
    }

    /** A peer that will offer; as above. */
    public static WebRtcPeer offering(
            MediaLoop loop, Executor blocking, InetAddress local, String cname, Listener listener) throws IOException {
        return new WebRtcPeer(loop, blocking, local, true, cname, listener);
    }

    /** This side's offer. */
    public String offer(List<LocalTrack> tracks) {
        return writer("actpass").offer(tracks);
    }

    /**
     * Takes the answer to {@link #offer} and connects.
     *
     * @throws IllegalArgumentException when it lacks what a connection needs
     */
    public void accept(String answer) {
        PeerDescription theirs = PeerDescription.parse(answer);
        connect(theirs, theirs.setup().equals("passive"));
    }

    /**
     * Answers an offer and connects. Media without a track here are refused.
     *
     * @throws IllegalArgumentException when it lacks what a connection needs
     */
    public String answer(String offer, List<LocalTrack> tracks) {
        PeerDescription theirs = PeerDescription.parse(offer);
        // as the DTLS server this side chooses the protection profile
        boolean client = theirs.setup().equals("passive");
        String answer = writer(client ? "active" : "passive").answer(theirs.session(), tracks);
        connect(theirs, client);
        return answer;
    }

    /** What the other side described, once it has. */
    public Optional<PeerDescription> remoteDescription() {
        return Optional.ofNullable(description);
    }

    /** Protects and sends an RTP packet, in place. On the loop's thread. */
    public SendStatus sendRtp(Packet packet) {
        SrtpSession session = srtp;
        InetSocketAddress to = remote;
        if (session == null || to == null) {
            return SendStatus.NOT_CONNECTED;
        }
        return session.protectRtp(packet) == SrtpStatus.OK ? port.send(packet, to) : SendStatus.LOST;
    }

    /** Protects and sends a compound RTCP packet, in place. On the loop's thread. */
    public SendStatus sendRtcp(Packet packet) {
        SrtpSession session = srtp;
        InetSocketAddress to = remote;
        if (session == null || to == null) {
            return SendStatus.NOT_CONNECTED;
        }
        return session.protectRtcp(packet) == SrtpStatus.OK ? port.send(packet, to) : SendStatus.LOST;
    }

    /** Sends RTP from any thread, by a copy; for tests. */
    public PacketSink rtpSink() {
        return (buffer, offset, length) -> {
            Packet copy = new Packet(new byte[length + 64]).view(0, length);
            System.arraycopy(buffer, offset, copy.buffer(), 0, length);
            loop.execute(() -> sendRtp(copy));
        };
    }

    /** Datagrams dropped: forged, replayed, of no kind known here, or before the keys. On the loop's thread. */
    public long refused() {
        return refused;
    }

    private DescriptionWriter writer(String setup) {
        return new DescriptionWriter(ice.credentials(), ice.candidates(), identity.fingerprint(), setup, cname);
    }

    private void connect(PeerDescription theirs, boolean client) {
        description = theirs;
        dtls = new DtlsConnection(identity, List.of(theirs.fingerprint()), client, this::sendDtls);
        ice.start(theirs.credentials(), theirs.candidates());
    }

    private void datagram(Packet packet, InetSocketAddress source, long nowNs) {
        switch (PacketKind.of(packet)) {
            case STUN -> ice.datagram(packet.buffer(), packet.offset(), packet.length(), source);
            case DTLS -> dtls(packet);
            case RTP -> rtp(packet, nowNs);
            case RTCP -> rtcp(packet, nowNs);
            case OTHER -> refused++;
        }
    }

    private void rtp(Packet packet, long nowNs) {
        if (srtp != null && packet.isRtpHeader() && srtp.unprotectRtp(packet) == SrtpStatus.OK && packet.isRtp()) {
            listener.onRtp(packet, nowNs);
        } else {
            refused++;
        }
    }

    private void rtcp(Packet packet, long nowNs) {
        if (srtp != null && srtp.unprotectRtcp(packet) == SrtpStatus.OK) {
            listener.onRtcp(packet, nowNs);
        } else {
            refused++;
        }
    }

    private void dtls(Packet packet) {
        DtlsConnection connection = dtls;
        if (connection == null) {
            refused++;
            return;
        }
        connection.datagram(packet.buffer(), packet.offset(), packet.length());
        if (connection.hasIncoming() && !draining) {
            draining = true;
            blocking.execute(() -> {
                draining = false;
                if (!connection.drain()) {
                    fail("the other side ended DTLS");
                }
            });
        }
    }

    private void sendDtls(byte[] datagram) {
        InetSocketAddress to = remote;
        if (to != null) {
            loop.execute(() -> port.send(new Packet(datagram).view(0, datagram.length), to));
        }
    }

    private void handshake() {
        DtlsConnection connection = dtls;
        if (connection == null || closed.get()) {
            return;
        }
        try {
            SrtpKeys keys = connection.handshake();
            loop.execute(() -> {
                if (!closed.get()) {
                    srtp = new SrtpSession(keys);
                    LOG.log(Level.DEBUG, "connected with {0}", keys.profile());
                    listener.onConnected();
                }
            });
        } catch (IOException e) {
            fail("DTLS: " + e.getMessage());
        }
    }

    private void fail(String detail) {
        loop.execute(() -> {
            if (!closed.get() && !failed) {
                failed = true;
                listener.onFailed(detail);
            }
        });
    }

    private final class IceEvents implements Ice4jTransport.Listener {
        @Override
        public void onConnected(InetSocketAddress address) {
            remote = address;
            if (handshaking.compareAndSet(false, true)) {
                blocking.execute(WebRtcPeer.this::handshake);
            }
        }

        @Override
        public void onFailed() {
            fail("ICE: no candidate pair works");
        }
    }

    /** Says goodbye (close_notify), ends ICE, frees the port. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        DtlsConnection connection = dtls;
        if (connection != null) {
            connection.close();
        }
        ice.close();
        loop.await(() -> {
            if (srtp != null) {
                srtp.close();
                srtp = null;
            }
            port.close();
        });
    }
}
