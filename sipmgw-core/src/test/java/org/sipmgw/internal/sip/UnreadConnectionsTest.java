package org.sipmgw.internal.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.internal.sip.net.CarefulSocket;
import org.sipmgw.internal.sip.net.SocketWatch;

@Tag("dialog")
class UnreadConnectionsTest {
    private final SocketWatch watch = new SocketWatch();
    private final UnreadConnections connections = new UnreadConnections();
    private final List<CarefulSocket> opened = new ArrayList<>();

    @AfterEach
    void close() {
        watch.close();
    }

    private CarefulSocket open(ServerSocket server) throws IOException {
        CarefulSocket socket = new CarefulSocket(watch);
        socket.connect(server.getLocalSocketAddress());
        opened.add(socket);
        return socket;
    }

    @Test
    void keepsTheYoungestOfThoseThatNobodyReadsAndAllThatAreRead() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            CarefulSocket read = open(server);
            Thread reader = new Thread(() -> {
                try {
                    assertThat(read.getInputStream().read()).isEqualTo(-1);
                } catch (IOException closed) {
                    // at the end
                }
            });
            reader.start();
            while (!read.reading().isRead()) {
                Thread.sleep(5);
            }
            connections.opened(read);
            for (int i = 0; i < 100; i++) {
                connections.opened(open(server));
            }
            assertThat(connections.count()).isEqualTo(65);
            assertThat(opened.get(0).isClosed()).isFalse();
            assertThat(opened.get(1).isClosed()).isTrue();
            assertThat(opened.get(100).isClosed()).isFalse();
            connections.close();
            reader.join(5000);
            assertThat(opened).allMatch(CarefulSocket::isClosed);
        }
    }
}
