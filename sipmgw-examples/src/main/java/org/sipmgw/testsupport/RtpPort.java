package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pair of UDP ports for RTP and RTCP that records what arrives. */
final class RtpPort implements AutoCloseable {

    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int RECEIVE_BUFFER = 4 << 20;

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final RtpRecording recording = new RtpRecording();
    private final List<Rtcp.Item> reports = new CopyOnWriteArrayList<>();
    private volatile Optional<PhoneSecurity> security = Optional.empty();
    private volatile Optional<PhoneIce> ice = Optional.empty();
    private volatile Relay relay = (report, buffer, length) -> {};
    private volatile InetSocketAddress lastSource = NOWHERE;
    private volatile InetSocketAddress lastReportSource = NOWHERE;

    /** Takes what arrives; the buffer is the port's again when it returns. */
    interface Relay {
        void packet(boolean report, byte[] buffer, int length);
    }

    private RtpPort(DatagramSocket rtp, DatagramSocket rtcp, String name) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        listen(rtp, name + "-rtp");
        listen(rtcp, name + "-rtcp");
    }

    /** Binds an even port and the next one on 127.0.0.1. */
    static RtpPort open(String name) throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = FreePorts.block(2);
            DatagramSocket rtp = null;
            try {
                rtp = bind(port);
                return new RtpPort(rtp, bind(port + 1), name);
            } catch (SocketException e) {
                if (rtp != null) {
                    rtp.close();
                }
                if (attempt == 5) {
                    throw e;
                }
            }
        }
    }

    private static DatagramSocket bind(int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        return socket;
    }

    InetAddress address() {
        return rtp.getLocalAddress();
    }

    int port() {
        return rtp.getLocalPort();
    }

    /** Puts a network before both ports. */
    List<LossyRelay.Path> through(LossyRelay network) throws IOException {
        return network.pair(
                (InetSocketAddress) rtp.getLocalSocketAddress(), (InetSocketAddress) rtcp.getLocalSocketAddress());
    }

    RtpRecording recording() {
        return recording;
    }

    /** Protects what is sent and opens what arrives from now on. */
    void secure(PhoneSecurity by) {
        security = Optional.of(by);
    }

    /** Gives what arrives of checks to {@code by}; RTP and RTCP have one port from now on. */
    void find(PhoneIce by) {
        ice = Optional.of(by);
    }

    /** Whether reports go out by the port of RTP. */
    boolean onePort() {
        return ice.isPresent() || security.filter(PhoneSecurity::onePort).isPresent();
    }

    /** Hands on what arrives, opened where it was protected. */
    void relay(Relay next) {
        relay = next;
    }

    /** What arrived of RTCP. */
    List<Rtcp.Item> reports() {
        return reports;
    }

    /** Where the last RTCP packet came from; port 0 before. */
    InetSocketAddress lastReportSource() {
        return lastReportSource;
    }

    /** Where the last RTP packet came from; port 0 before. */
    InetSocketAddress lastSource() {
        return lastSource;
    }

    void send(byte[] packet, InetSocketAddress target) {
        send(rtp, security.map(s -> s.srtp().protect(packet, false)).orElse(packet), target);
    }

    /** Sends by the port of RTP as it is. */
    void sendPlain(byte[] datagram, InetSocketAddress target) {
        send(rtp, datagram, target);
    }

    void sendReport(byte[] packet, InetSocketAddress target) {
        send(
                onePort() ? rtp : rtcp,
                security.map(s -> s.srtp().protect(packet, true)).orElse(packet),
                target);
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    private static void send(DatagramSocket socket, byte[] packet, InetSocketAddress target) {
        if (target.getPort() == 0 || packet.length == 0 || socket.isClosed()) {
            return;
        }
        try {
            socket.send(new DatagramPacket(packet, packet.length, target));
        } catch (IOException e) {
            // UDP: the packet is lost, as it may be
            System.getLogger(RtpPort.class.getName()).log(System.Logger.Level.TRACE, "not sent", e);
        }
    }

    private void listen(DatagramSocket socket, String name) {
        Thread thread = new Thread(() -> receive(socket), name);
        thread.setDaemon(true);
        thread.start();
    }

    private int opened(byte[] buffer, int length, boolean report) {
        Optional<PhoneSecurity> current = security;
        if (current.isEmpty()) {
            return length;
        }
        return current.get().handshake(buffer, length)
                ? 0
                : current.get().srtp().open(buffer, length, report);
    }

    private void receive(DatagramSocket socket) {
        byte[] buffer = new byte[2048];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!socket.isClosed()) {
            try {
                packet.setLength(buffer.length);
                socket.receive(packet);
            } catch (IOException e) {
                continue;
            }
            long now = System.nanoTime();
            if (socket == rtcp) {
                lastReportSource = (InetSocketAddress) packet.getSocketAddress();
            }
            if (ice.isPresent()
                    && ice.get().datagram(buffer, packet.getLength(), (InetSocketAddress) packet.getSocketAddress())) {
                continue;
            }
            boolean report = RtpPacket.isRtcp(buffer, packet.getLength());
            int length = opened(buffer, packet.getLength(), report);
            if (length == 0) {
                continue;
            }
            relay.packet(socket == rtcp, buffer, length);
            if (report) {
                reports.addAll(Rtcp.parse(now, buffer, length));
            } else {
                lastSource = (InetSocketAddress) packet.getSocketAddress();
                recording.add(now, buffer, length);
            }
        }
    }
}
