package org.sipmgw.examples.turn;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;

/** The sound of a room system: two sockets, without any protocol. */
final class RoomSockets implements AutoCloseable {
    private static final int PCMU = 0;

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private int sequence = 1000;

    /** A datagram. */
    @SuppressWarnings("ArrayRecordComponent")
    record Received(boolean control, InetSocketAddress source, byte[] bytes) {}

    RoomSockets(String address) throws IOException {
        rtp = new DatagramSocket(0, InetAddress.getByName(address));
        rtcp = new DatagramSocket(0, InetAddress.getByName(address));
        listen(rtp, false);
        listen(rtcp, true);
    }

    NegotiatedStream stream() {
        return new NegotiatedStream(
                0,
                MediaKind.AUDIO,
                Direction.SENDRECV,
                new RtpCodec("PCMU", PCMU, 8000, 1, Map.of()),
                Optional.empty(),
                (InetSocketAddress) rtp.getLocalSocketAddress(),
                (InetSocketAddress) rtcp.getLocalSocketAddress(),
                false,
                Set.<RtcpFeedback>of(),
                Optional.empty(),
                20,
                MediaSecurity.plain(),
                RtpOptions.none());
    }

    /** Sends packets of sound, 5 ms apart. */
    void send(int count, InetSocketAddress to) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            byte[] packet = new byte[12 + 160];
            packet[0] = (byte) 0x80;
            packet[2] = (byte) (sequence >> 8);
            packet[3] = (byte) sequence;
            packet[6] = (byte) ((sequence * 160) >> 8);
            packet[7] = (byte) (sequence * 160);
            packet[11] = 7;
            sequence++;
            rtp.send(new DatagramPacket(packet, packet.length, to));
            Thread.sleep(5);
        }
    }

    /** Where datagrams have come from. */
    List<InetSocketAddress> sources(boolean control) {
        return received.stream()
                .filter(one -> one.control() == control)
                .map(Received::source)
                .distinct()
                .toList();
    }

    void forget() {
        received.clear();
    }

    private void listen(DatagramSocket socket, boolean control) {
        Thread thread = new Thread(
                () -> {
                    DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
                    try {
                        while (true) {
                            socket.receive(datagram);
                            byte[] bytes = Arrays.copyOf(datagram.getData(), datagram.getLength());
                            received.add(new Received(control, (InetSocketAddress) datagram.getSocketAddress(), bytes));
                        }
                    } catch (IOException closed) {
                        return;
                    }
                },
                "room-sockets");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
