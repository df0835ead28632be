package org.sipmgw.media.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;

/** A room system's sockets for one kind of media: sends what it is given, keeps what it gets. */
public final class FakeRoom implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final MediaKind kind;
    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final InetSocketAddress gatewayRtp;
    private final InetSocketAddress gatewayRtcp;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Consumer<Received> told = datagram -> {};

    /** A datagram and when it came. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Received(boolean control, byte[] bytes, long atNs) {
        /** Packet types of a compound RTCP packet, feedback as type * 100 + format. */
        public List<Integer> types() {
            List<Integer> types = new CopyOnWriteArrayList<>();
            for (int at = 0; at + 4 <= bytes.length; ) {
                int type = bytes[at + 1] & 0xFF;
                types.add(type == 205 || type == 206 ? type * 100 + (bytes[at] & 0x1F) : type);
                at += 4 * ((((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF)) + 1);
            }
            return types;
        }
    }

    /** Sockets of their own, and the gateway's ports. */
    public FakeRoom(MediaKind kind, LocalMedia gateway) throws IOException {
        this.kind = kind;
        rtp = new DatagramSocket(0, LOOPBACK);
        rtcp = new DatagramSocket(0, LOOPBACK);
        gatewayRtp = new InetSocketAddress(gateway.address(), gateway.rtpPort(kind));
        gatewayRtcp = new InetSocketAddress(gateway.address(), gateway.rtpPort(kind) + 1);
        listen(rtp, false);
        listen(rtcp, true);
    }

    /** What would have been agreed with it. */
    public NegotiatedStream stream(RtpCodec codec, Direction direction, RtcpFeedback... feedback) {
        return stream(codec, direction, RtpOptions.none(), feedback);
    }

    /** What would have been agreed with it, and more. */
    public NegotiatedStream stream(RtpCodec codec, Direction direction, RtpOptions options, RtcpFeedback... feedback) {
        return new NegotiatedStream(
                kind == MediaKind.AUDIO ? 0 : 1,
                kind,
                direction,
                codec,
                kind == MediaKind.AUDIO
                        ? Optional.of(new RtpCodec("telephone-event", 101, codec.clockRateHz(), 1, Map.of()))
                        : Optional.empty(),
                new InetSocketAddress(LOOPBACK, rtp.getLocalPort()),
                new InetSocketAddress(LOOPBACK, rtcp.getLocalPort()),
                false,
                Set.of(feedback),
                Optional.empty(),
                20,
                MediaSecurity.plain(),
                options);
    }

    /** Where its RTCP is sent from. */
    public InetSocketAddress address() {
        return new InetSocketAddress(LOOPBACK, rtcp.getLocalPort());
    }

    /** Tells what comes from now on, on a thread of the socket. */
    public void listener(Consumer<Received> listener) {
        told = listener;
    }

    /** Sends media. */
    public void send(byte[] packet) throws IOException {
        rtp.send(new DatagramPacket(packet, packet.length, gatewayRtp));
    }

    /** Sends RTCP. */
    public void sendControl(byte[] packet) throws IOException {
        rtcp.send(new DatagramPacket(packet, packet.length, gatewayRtcp));
    }

    /** What has come, in order. */
    public List<Received> received() {
        return received;
    }

    /** RTP packets that have come, in order. */
    public List<byte[]> media() {
        return received.stream()
                .filter(datagram -> !datagram.control())
                .map(Received::bytes)
                .toList();
    }

    /** RTCP packets that hold this type, feedback as type * 100 + format. */
    public List<Received> control(int type) {
        return received.stream()
                .filter(datagram -> datagram.control() && datagram.types().contains(type))
                .toList();
    }

    private void listen(DatagramSocket socket, boolean control) {
        Thread thread = new Thread(
                () -> {
                    DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
                    try {
                        while (true) {
                            socket.receive(datagram);
                            Received one = new Received(
                                    control,
                                    Arrays.copyOf(datagram.getData(), datagram.getLength()),
                                    System.nanoTime());
                            received.add(one);
                            told.accept(one);
                        }
                    } catch (SocketException e) {
                        return;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "fake-room");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
