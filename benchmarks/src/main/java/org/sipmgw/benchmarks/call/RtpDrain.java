package org.sipmgw.benchmarks.call;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A port that takes RTP, counts pictures by the marker bit, and throws all away. */
final class RtpDrain implements AutoCloseable {

    private final DatagramSocket socket;
    private final AtomicLong frames = new AtomicLong();

    RtpDrain() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::drain, "drain");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    long frames() {
        return frames.get();
    }

    private void drain() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                packet.setLength(2048);
                socket.receive(packet);
                boolean rtcp = (packet.getData()[1] & 0x7f) >= 64 && (packet.getData()[1] & 0x7f) < 96;
                if (!rtcp && packet.getData()[1] < 0) {
                    frames.incrementAndGet();
                }
            }
        } catch (IOException closed) {
            // the end
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
