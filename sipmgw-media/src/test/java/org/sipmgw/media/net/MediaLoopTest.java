package org.sipmgw.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call's fault on the thread of all calls. */
@Timeout(20)
class MediaLoopTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static void stillServes(MediaLoop loop) throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        InetSocketAddress any = new InetSocketAddress(LOOPBACK, 0);
        try (UdpPort port = loop.open(any, (packet, source, nowNs) -> heard.countDown())) {
            port.sendDirect(ByteBuffer.wrap(new byte[20]), port.local());
            assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void outlivesAConnectionWhoseOwnerFails() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        StreamPort.Handler failing = new StreamPort.Handler() {
            @Override
            public void bytes(ByteBuffer bytes, long nowNs) {}

            @Override
            public void ended(String detail) {
                told.countDown();
                throw new IllegalStateException("on purpose");
            }
        };
        try (MediaLoop loop = MediaLoop.start("test-media");
                ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            InetSocketAddress address = new InetSocketAddress(LOOPBACK, server.getLocalPort());
            try (StreamPort port = StreamPort.connect(loop, address, "localhost", null, 5000, failing)) {
                try (Socket accepted = server.accept()) {
                    // a reset, which is an exception of the read
                    accepted.setSoLinger(true, 0);
                }
                assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
                stillServes(loop);
                assertThat(port.send(ByteBuffer.allocate(4))).isEqualTo(UdpPort.SendStatus.LOST);
            }
        }
    }

    @Test
    void outlivesATaskThatCannotBeLinked() throws Exception {
        try (MediaLoop loop = MediaLoop.start("test-media")) {
            loop.execute(() -> {
                throw new NoClassDefFoundError("on purpose");
            });
            stillServes(loop);
        }
    }
}
