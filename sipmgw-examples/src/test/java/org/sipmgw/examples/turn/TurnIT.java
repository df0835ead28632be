package org.sipmgw.examples.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipmgw.examples.turn.RelayedSession.await;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.account.Credentials;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.StunServer;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.StatedAddresses;
import org.sipmgw.spi.NatPolicy;
import org.sipmgw.testsupport.CoturnServer;

/** Media sessions that stand behind a real TURN server, to which the room sends as to any other address. */
@Tag("turn")
class TurnIT {
    private static CoturnServer coturn;

    @BeforeAll
    static void start() throws Exception {
        coturn = CoturnServer.start(CoturnServer.Settings.loopback());
    }

    @AfterAll
    static void stop() {
        coturn.close();
    }

    private static NatPolicy through(CoturnServer server, String transport) {
        return through(server.uri(transport), CoturnServer.PASSWORD).withCaFile(server.caFile());
    }

    private static NatPolicy through(String uri, String password) {
        StunServer server = StunServer.parse(uri).withCredentials(new Credentials(CoturnServer.USER, password));
        return new NatPolicy(NatTraversal.TURN, Optional.of(server), Optional.empty(), false, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void soundGoesBothWaysThroughTheRelayAndNoOtherWay(String transport) throws Exception {
        try (RelayedSession relayed = new RelayedSession(through(coturn, transport));
                RoomSockets room = new RoomSockets("127.0.0.1")) {
            LocalMedia local = relayed.gathered();
            StatedAddresses stated = local.stated().get(MediaKind.AUDIO);
            assertThat(stated.rtp().getPort()).isNotEqualTo(local.audioRtpPort());
            assertThat(stated.rtcp().getPort()).isEqualTo(stated.rtp().getPort() + 1);
            relayed.agree(room);
            assertThat(await(() -> !room.sources(false).isEmpty())).isTrue();
            room.send(50, stated.rtp());
            assertThat(await(() -> relayed.fromRoom() == 50))
                    .as("%d of 50 packets came", relayed.fromRoom())
                    .isTrue();
            assertThat(await(() -> !room.sources(true).isEmpty())).isTrue();
            assertThat(room.sources(false)).containsExactly(stated.rtp());
            assertThat(room.sources(true)).containsExactly(stated.rtcp());
            assertThat(relayed.warnings).isEmpty();
        }
        assertThat(coturn.log()).contains("CHANNEL_BIND");
    }

    @Test
    void whatComesPastTheRelayIsDropped() throws Exception {
        try (RelayedSession relayed = new RelayedSession(through(coturn, "udp"));
                RoomSockets room = new RoomSockets("127.0.0.1")) {
            LocalMedia local = relayed.gathered();
            relayed.agree(room);
            room.send(20, new InetSocketAddress(local.address(), local.audioRtpPort()));
            room.send(20, relayed.stated());
            assertThat(await(() -> relayed.fromRoom() >= 20)).isTrue();
            assertThat(relayed.fromRoom()).isEqualTo(20);
        }
    }

    @Test
    void aStrangerIsNotRelayed() throws Exception {
        try (RelayedSession relayed = new RelayedSession(through(coturn, "udp"));
                RoomSockets room = new RoomSockets("127.0.0.1");
                RoomSockets stranger = new RoomSockets("127.0.0.77")) {
            relayed.gathered();
            relayed.agree(room);
            assertThat(await(() -> !room.sources(false).isEmpty())).isTrue();
            stranger.send(20, relayed.stated());
            room.send(20, relayed.stated());
            assertThat(await(() -> relayed.fromRoom() >= 20)).isTrue();
            assertThat(relayed.fromRoom()).isEqualTo(20);
        }
    }

    @Test
    void aWrongPasswordIsToldWithTheServersName() throws Exception {
        try (RelayedSession relayed = new RelayedSession(through(coturn.uri("tcp"), "wrong"))) {
            assertThatThrownBy(relayed::gathered)
                    .hasMessageContaining(coturn.uri("tcp"))
                    .hasMessageContaining("wrong user name or password")
                    .hasMessageNotContaining("wrong horse");
        }
    }

    @Test
    void aServerWhoseCertificateNobodyVouchesForIsRefused() throws Exception {
        try (RelayedSession relayed = new RelayedSession(through(coturn.uri("tls"), CoturnServer.PASSWORD))) {
            assertThatThrownBy(relayed::gathered)
                    .hasMessageContaining(coturn.uri("tls"))
                    .hasMessageContaining("certification path");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn:127.0.0.1:9", "turn:127.0.0.1:9?transport=tcp"})
    void aServerThatIsNotThereIsToldInTime(String uri) throws Exception {
        try (RelayedSession relayed = new RelayedSession(through(uri, "x"))) {
            assertThatThrownBy(relayed::gathered).hasMessageContaining(uri);
        }
    }

    @Test
    void anAllocationOutlivesItsLifetimeAndItsNonce() throws Exception {
        CoturnServer.Settings short4 = CoturnServer.Settings.loopback("max-allocate-lifetime=4", "stale-nonce=1");
        try (CoturnServer strict = CoturnServer.start(short4);
                RelayedSession relayed = new RelayedSession(through(strict, "udp"));
                RoomSockets room = new RoomSockets("127.0.0.1")) {
            relayed.gathered();
            relayed.agree(room);
            Thread.sleep(7000);
            room.send(20, relayed.stated());
            assertThat(await(() -> relayed.fromRoom() == 20)).isTrue();
            assertThat(relayed.warnings).isEmpty();
        }
    }

    @Test
    void aRelayThatDiesIsReportedAndReplaced() throws Exception {
        try (CoturnServer mortal = CoturnServer.start(CoturnServer.Settings.loopback());
                RelayedSession relayed = new RelayedSession(through(mortal, "tls"));
                RoomSockets room = new RoomSockets("127.0.0.1")) {
            relayed.gathered();
            relayed.agree(room);
            assertThat(await(() -> !room.sources(false).isEmpty())).isTrue();
            mortal.kill();
            assertThat(await(() -> !relayed.warnings.isEmpty())).isTrue();
            assertThat(relayed.warnings.get(0)).contains(mortal.uri("tls"));
            mortal.restart();
            assertThat(await(() -> !relayed.moves.isEmpty(), 20_000)).isTrue();
            InetSocketAddress before = relayed.stated();
            for (int i = 0; i < 100 && relayed.fromRoom() == 0; i++) {
                // each socket regains its own
                room.send(5, relayed.stated());
            }
            assertThat(relayed.fromRoom()).as("first at %s", before).isPositive();
        }
    }

    @Test
    void theAddressThatAStunServerSeesIsStated() throws Exception {
        StunServer server = StunServer.parse(coturn.stunUri());
        NatPolicy policy =
                new NatPolicy(NatTraversal.STUN, Optional.of(server), Optional.empty(), false, Optional.empty());
        try (RelayedSession session = new RelayedSession(policy);
                RoomSockets room = new RoomSockets("127.0.0.1")) {
            LocalMedia local = session.gathered();
            // no NAT on loopback: what the server sees is what is bound
            assertThat(local.stated().get(MediaKind.VIDEO).rtp().getPort()).isEqualTo(local.videoRtpPort());
            session.agree(room);
            // the agreement takes effect a moment after it is made
            for (int i = 0; i < 10 && session.fromRoom() < 20; i++) {
                room.send(20, session.stated());
            }
            assertThat(await(() -> session.fromRoom() >= 20)).isTrue();
        }
    }
}
