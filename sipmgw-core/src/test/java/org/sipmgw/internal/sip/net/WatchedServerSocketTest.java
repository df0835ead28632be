package org.sipmgw.internal.sip.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("dialog")
class WatchedServerSocketTest {

    @Test
    void acceptsAgainAfterAnErrorAndEndsWhenItIsClosed() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (SocketWatch watch = new SocketWatch();
                WatchedServerSocket server = new WatchedServerSocket(
                        watch,
                        () -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new UncheckedIOException(new SocketException("Too many open files"));
                            }
                            return new WatchedSocket(watch);
                        },
                        InetAddress.getLoopbackAddress(),
                        0,
                        5);
                Socket peer = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket taken = server.accept()) {
            assertThat(taken.getPort()).isEqualTo(peer.getLocalPort());
            assertThat(asked).hasValue(2);
            server.close();
            assertThatThrownBy(server::accept).isInstanceOf(SocketException.class);
        }
    }
}
