package org.sipmgw.benchmarks.relay;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketKind;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;

/** Counts SRTP packets that can be opened. */
final class Receiver implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile long received;

    Receiver() throws SocketException {
        socket.setReceiveBufferSize(4 << 20);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Counts from now on. */
    void open(SrtpKeys keys) {
        SrtpSession session = new SrtpSession(keys);
        Thread thread = new Thread(() -> run(session), "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(SrtpSession session) {
        DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
        Packet packet = new Packet(datagram.getData());
        try {
            while (!socket.isClosed()) {
                socket.receive(datagram);
                packet.view(0, datagram.getLength());
                if (PacketKind.of(packet) == PacketKind.RTP && session.unprotectRtp(packet) == SrtpStatus.OK) {
                    received++;
                }
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    long received() {
        return received;
    }

    @Override
    public void close() {
        socket.close();
    }
}
