package org.sipmgw.internal.sip.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIP sockets bear the traffic class that is wanted, those that we open and those that we take. */
@Tag("registrar")
class TrafficClassTest {
    private static final int AF31 = 0x68;
    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void isThatOfEverySocket() throws Exception {
        try (SocketWatch watch = new SocketWatch(AF31);
                WatchedServerSocket listening =
                        new WatchedServerSocket(watch, () -> new WatchedSocket(watch), loopback, 0, 5);
                WatchedSocket opened = new WatchedSocket(watch);
                DatagramSocket datagrams = new DatagramSocket(0, loopback)) {
            watch.mark(opened);
            opened.connect(listening.getLocalSocketAddress());
            watch.mark(datagrams);
            try (Socket taken = listening.accept()) {
                assertThat(taken.getTrafficClass()).isEqualTo(AF31);
            }
            assertThat(opened.getTrafficClass()).isEqualTo(AF31);
            assertThat(datagrams.getTrafficClass()).isEqualTo(AF31);
        }
    }
}
