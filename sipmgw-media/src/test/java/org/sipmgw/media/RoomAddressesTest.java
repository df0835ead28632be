package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.stun.TurnAddresses;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.StatedAddresses;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.NatPolicy;

@Tag("turn")
class RoomAddressesTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture());
    private final List<LocalMedia> told = new ArrayList<>();
    private ByKind<PortPair> ports;
    private RoomAddresses addresses;

    @BeforeEach
    void open() throws IOException {
        ports = new ByKind<>(new PortPair(port(), port()), new PortPair(port(), port()));
        addresses = new RoomAddresses(
                engine,
                NatPolicy.none(),
                ports,
                Optional.empty(),
                new LocalMedia(LOOPBACK, 4000, 4002, Optional.empty()),
                new MediaListener() {
                    @Override
                    public void onLocalMediaChanged(LocalMedia media) {
                        told.add(media);
                    }
                });
    }

    @AfterEach
    void close() {
        addresses.close();
        ports.forEach(PortPair::close);
        engine.close();
    }

    private UdpPort port() throws IOException {
        return engine.loop().open(new InetSocketAddress(LOOPBACK, 0), (packet, source, nowNs) -> {});
    }

    private static InetSocketAddress relay(int port) {
        return new InetSocketAddress("192.0.2.3", port);
    }

    private static TurnAddresses given(int port) {
        return new TurnAddresses(relay(port), Optional.empty(), Optional.empty());
    }

    @Test
    void aRelayThatIsLostAndGivenAnewWhileOthersAreAskedForIsTheOneThatIsTold() {
        StatedAddresses first = new StatedAddresses(relay(50_000), relay(50_001));
        assertThat(addresses.latest(ports.audio(), first)).isEqualTo(first);
        RoomAddresses.Reports reports =
                addresses.new Reports(ports.audio(), ports.audio().rtp());
        reports.onLost("gone");
        reports.onRegained(given(50_100));
        assertThat(told).as("the room knows of none yet").isEmpty();
        assertThat(addresses.latest(ports.audio(), first)).isEqualTo(new StatedAddresses(relay(50_100), relay(50_001)));
        assertThat(addresses.latest(ports.video(), first)).isEqualTo(first);
    }
}
