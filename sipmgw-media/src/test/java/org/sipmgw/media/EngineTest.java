package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.SignallingTransport;
import org.sipmgw.account.StunServer;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakePage;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.MediaEngine.Inventory;
import org.sipmgw.spi.MediaEngine.PortsExhaustedException;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaSession;
import org.sipmgw.spi.NatPolicy;

class EngineTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Inventory NOTHING = new Inventory(0, 0, 0);

    @Test
    void portsAreEvenOddPairsAndFreedAtTheEnd() {
        try (BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture())) {
            MediaSession session = engine.open(LOOPBACK, new MediaListener() {});
            assertThat(session.localMedia().audioRtpPort() % 2).isZero();
            assertThat(session.localMedia().videoRtpPort() % 2).isZero();
            assertThat(engine.inventory()).isEqualTo(new Inventory(1, 4, 0));
            session.close();
            session.close();
            assertThat(engine.inventory()).isEqualTo(NOTHING);
        }
    }

    @Test
    @Tag("fault")
    void aRangeThatIsUsedUpIsReportedAndLeavesNothingOpen() {
        try (BridgedMediaEngine engine =
                BridgedMediaEngine.builder().rtpPorts(41_001, 41_007).build(new FakeCapture())) {
            MediaSession first = engine.open(LOOPBACK, new MediaListener() {});
            assertThatThrownBy(() -> engine.open(LOOPBACK, new MediaListener() {}))
                    .isInstanceOf(PortsExhaustedException.class);
            assertThat(engine.inventory()).isEqualTo(new Inventory(1, 4, 0));
            first.close();
            engine.open(LOOPBACK, new MediaListener() {}).close();
            assertThat(engine.inventory()).isEqualTo(NOTHING);
        }
    }

    @Test
    @Tag("fault")
    void anAddressOfAnotherMachineIsReported() throws UnknownHostException {
        InetAddress foreign = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        try (BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture())) {
            assertThatThrownBy(() -> engine.open(foreign, new MediaListener() {}))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("192.0.2.1");
            assertThat(engine.inventory()).isEqualTo(NOTHING);
        }
    }

    @Test
    @Tag("fault")
    void aSessionThatCannotBeginLeavesNothingOpen() {
        StunServer server = new StunServer(false, "127.0.0.1", 3478, SignallingTransport.UDP, Optional.empty());
        NatPolicy policy =
                new NatPolicy(NatTraversal.STUN, Optional.of(server), Optional.empty(), false, Optional.empty());
        try (BridgedMediaEngine engine =
                BridgedMediaEngine.builder().nat(policy).build(new FakeCapture())) {
            ((ExecutorService) engine.blocking()).shutdown();
            assertThatThrownBy(() -> engine.open(LOOPBACK, new MediaListener() {}))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThat(engine.inventory()).isEqualTo(NOTHING);
        }
    }

    @Test
    void wrongConfigurationIsRefused() {
        assertThatThrownBy(
                        () -> BridgedMediaEngine.builder().rtpPorts(5001, 5001).build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rtpPorts");
        assertThatThrownBy(() -> BridgedMediaEngine.builder().maxBitrateBps(1).build())
                .isInstanceOf(ConfigException.class);
    }

    @Test
    @Tag("fault")
    void twentyCallsLeaveNoThreadBehind() throws Exception {
        try (BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture())) {
            call(engine);
            int after = threads().size();
            for (int i = 0; i < 20; i++) {
                call(engine);
            }
            assertThat(engine.inventory()).isEqualTo(NOTHING);
            // the pools of ice4j and the JVM's own threads breathe by a few; a leak would be one or more a call
            for (int i = 0; i < 100 && threads().size() > after; i++) {
                ChromiumPage.pause(100);
            }
            assertThat(threads()).hasSizeLessThanOrEqualTo(after + 8);
        }
        assertThat(threads()).noneMatch(name -> name.equals("sipmgw-media") || name.startsWith("IceConnector"));
    }

    private static void call(BridgedMediaEngine engine) throws Exception {
        MediaSession session = engine.open(LOOPBACK, new MediaListener() {});
        try (FakePage page = new FakePage()) {
            assertThat(page.connect(session)).isTrue();
        }
        session.close();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
