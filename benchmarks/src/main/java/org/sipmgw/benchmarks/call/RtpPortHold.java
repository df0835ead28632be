package org.sipmgw.benchmarks.call;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A free UDP port for a program that must be told one. */
final class RtpPortHold implements AutoCloseable {

    private final DatagramSocket socket;

    private RtpPortHold(DatagramSocket socket) {
        this.socket = socket;
    }

    static RtpPortHold choose() throws IOException {
        return new RtpPortHold(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    /** Gives the port up and names it. */
    int release() {
        int port = socket.getLocalPort();
        socket.close();
        return port;
    }

    @Override
    public void close() {
        socket.close();
    }
}
