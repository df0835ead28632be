package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports that were free a moment ago, for programs that cannot choose one themselves; below the ephemeral range. */
final class FreePorts {

    private static final int FIRST = 14_000;
    private static final int COUNT = 16_000;

    private FreePorts() {}

    /** The first of {@code count} neighbouring ports that are free for TCP and UDP on loopback, an even one. */
    static int block(int count) throws IOException {
        Random random = new Random();
        for (int attempt = 0; attempt < 500; attempt++) {
            int first = FIRST + random.nextInt(COUNT / 2) * 2;
            if (free(first, count)) {
                return first;
            }
        }
        throw new IOException("no " + count + " neighbouring ports are free");
    }

    private static boolean free(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket udp =
                            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                if (tcp.getLocalPort() != udp.getLocalPort()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
