package org.sipmgw.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sipmgw.media.dtls.DtlsConnection;
import org.sipmgw.media.dtls.DtlsIdentity;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketKind;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.Fingerprint;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.SrtpMasterKey;
import org.sipmgw.sdp.SrtpSuite;

/** The sound of a room system that encrypts: its sockets, its keys, its side of DTLS. */
final class EncryptedRoom implements AutoCloseable {
    static final RtpCodec OPUS = new RtpCodec("opus", 97, 48_000, 2, Map.of());

    final FakeRoom sockets;
    private final LocalMedia gateway;
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final List<DtlsConnection> connections = new ArrayList<>();
    private SrtpSession media;
    private SrtpSession control;
    private int sequence = 65_000;
    private int read;
    private final List<Integer> contents = new ArrayList<>();
    private final List<Integer> controlTypes = new ArrayList<>();

    EncryptedRoom(LocalMedia gateway) throws IOException {
        this.gateway = gateway;
        sockets = new FakeRoom(MediaKind.AUDIO, gateway);
    }

    /** Fresh keys of both sides, as the gateway sees them. */
    static MediaSecurity.Sdes keys(SrtpSuite suite) {
        return new MediaSecurity.Sdes(suite, SrtpMasterKey.random(suite), SrtpMasterKey.random(suite), 0);
    }

    NegotiatedStream stream(MediaSecurity security, boolean mux, Direction direction) {
        NegotiatedStream plain = sockets.stream(OPUS, direction);
        return secured(plain, security, mux);
    }

    /** The same stream, protected. */
    static NegotiatedStream secured(NegotiatedStream plain, MediaSecurity security) {
        return secured(plain, security, plain.rtcpMux());
    }

    private static NegotiatedStream secured(NegotiatedStream plain, MediaSecurity security, boolean mux) {
        return new NegotiatedStream(
                plain.index(),
                plain.kind(),
                plain.direction(),
                plain.codec(),
                plain.telephoneEvent(),
                plain.remoteRtp(),
                mux ? plain.remoteRtp() : plain.remoteRtcp(),
                mux,
                plain.feedback(),
                plain.sendLimits(),
                plain.packetTimeMs(),
                security,
                plain.options());
    }

    /** Uses these keys from now on. */
    void use(MediaSecurity.Sdes agreed) {
        SrtpKeys mine = new SrtpKeys(
                SrtpProfile.of(agreed.suite()),
                agreed.remote().key(),
                agreed.remote().salt(),
                agreed.local().key(),
                agreed.local().salt());
        media = new SrtpSession(mine);
        control = media;
    }

    /** What the gateway would have read of this room's certificate. */
    MediaSecurity.Dtls description(boolean gatewayIsClient, Fingerprint fingerprint) {
        return new MediaSecurity.Dtls(gatewayIsClient, List.of(fingerprint), "0123456789abcdef0123", Optional.empty());
    }

    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    /** Shakes hands on both sockets, or on one; completes with success. */
    CompletableFuture<Boolean> handshake(boolean client, boolean mux) {
        Map<Boolean, DtlsConnection> bySocket =
                Map.of(false, connection(client, false), true, connection(client, true));
        sockets.listener(datagram -> {
            Packet packet = new Packet(datagram.bytes()).view(0, datagram.bytes().length);
            if (PacketKind.of(packet) == PacketKind.DTLS) {
                bySocket.get(datagram.control()).datagram(datagram.bytes(), 0, datagram.bytes().length);
            }
        });
        return CompletableFuture.supplyAsync(() -> {
            try {
                media = new SrtpSession(bySocket.get(false).handshake());
                control = mux ? media : new SrtpSession(bySocket.get(true).handshake());
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private DtlsConnection connection(boolean client, boolean ofControl) {
        DtlsConnection made =
                new DtlsConnection(identity, List.of(gateway.certificate().orElseThrow()), client, datagram -> {
                    try {
                        if (ofControl) {
                            sockets.sendControl(datagram);
                        } else {
                            sockets.send(datagram);
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        connections.add(made);
        return made;
    }

    /** The next packet of sound, protected. */
    byte[] next(int content) {
        Packet packet = Rtp.packet(97, sequence, sequence * 960, 0x33, content, 1, 2, 3);
        sequence++;
        media.protectRtp(packet);
        return Rtp.bytes(packet);
    }

    void send(int content) throws IOException {
        sockets.send(next(content));
    }

    byte[] seal(Packet rtcp) {
        control.protectRtcp(rtcp);
        return Rtp.bytes(rtcp);
    }

    /** First payload bytes of what has come of the gateway's media and could be opened. */
    List<Integer> opened() {
        open();
        return contents;
    }

    /** Packet types of the gateway's RTCP that could be opened. */
    List<Integer> openedControl() {
        open();
        return controlTypes;
    }

    private void open() {
        List<FakeRoom.Received> all = sockets.received();
        while (read < all.size()) {
            byte[] wire = all.get(read++).bytes();
            Packet packet = new Packet(Arrays.copyOf(wire, wire.length + 64)).view(0, wire.length);
            PacketKind kind = PacketKind.of(packet);
            if (kind == PacketKind.RTP && media.unprotectRtp(packet) == SrtpStatus.OK) {
                contents.add((int) packet.buffer()[12]);
            } else if (kind == PacketKind.RTCP && control.unprotectRtcp(packet) == SrtpStatus.OK) {
                controlTypes.addAll(new FakeRoom.Received(true, Rtp.bytes(packet), 0).types());
            }
        }
    }

    @Override
    public void close() {
        connections.forEach(DtlsConnection::close);
        sockets.close();
    }
}
