package org.sipmgw.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.SignallingTransport;
import org.sipmgw.account.StunServer;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.UdpPort;

/** A call that ends while its servers are still looked for. */
@Tag("turn")
class ClosedClientTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final List<Runnable> lookups = new ArrayList<>();
    private MediaLoop loop;
    private UdpPort port;
    private DatagramChannel server;

    @BeforeEach
    void open() throws Exception {
        server = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        server.configureBlocking(false);
        loop = MediaLoop.start("closed-client");
        port = loop.open(new InetSocketAddress(LOOPBACK, 0), (packet, source, nowNs) -> {});
    }

    @AfterEach
    void close() throws Exception {
        port.close();
        loop.close();
        server.close();
    }

    private StunServer server(boolean relay) throws Exception {
        int number = ((InetSocketAddress) server.getLocalAddress()).getPort();
        return new StunServer(relay, LOOPBACK.getHostAddress(), number, SignallingTransport.UDP, Optional.empty());
    }

    /** All tickers that were there before have been called. */
    private void awaitTick() throws InterruptedException {
        CountDownLatch ticked = new CountDownLatch(1);
        loop.addTicker(nowNs -> ticked.countDown());
        assertThat(ticked.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void asksNothingOfAStunServerThatIsFoundTooLate() throws Exception {
        StunClient client = new StunClient(loop, port, server(false), moved -> {});
        CompletableFuture<InetSocketAddress> asked = client.open(lookups::add).toCompletableFuture();
        client.close();
        assertThat(asked).isCompletedExceptionally();
        lookups.forEach(Runnable::run);
        loop.await(() -> {});
        awaitTick();
        assertThat(server.receive(ByteBuffer.allocate(2048))).isNull();
    }

    @Test
    void looksForNoRelayAfterTheEnd() throws Exception {
        TurnClient.Parts parts = new TurnClient.Parts(loop, lookups::add, server(true), SSLContext.getDefault());
        TurnClient client = new TurnClient(parts, port, true, new TurnClient.Listener() {
            @Override
            public void onLost(String detail) {}

            @Override
            public void onRegained(TurnAddresses addresses) {}

            @Override
            public void onRefused(InetSocketAddress peer, String detail) {}
        });
        client.close();
        CompletableFuture<TurnAddresses> asked =
                client.open(Optional.empty(), false).toCompletableFuture();
        loop.await(() -> {});
        assertThat(lookups).isEmpty();
        assertThat(asked).isCompletedExceptionally();
    }
}
