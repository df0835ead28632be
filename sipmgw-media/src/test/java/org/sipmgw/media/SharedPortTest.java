package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.media.lab.IceRoom;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.Negotiator;
import org.sipmgw.sdp.SessionDescription;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaEngine.PortsExhaustedException;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.NatPolicy;

/** Calls with ICE through one port, between sockets on loopback. */
@Tag("turn")
class SharedPortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private int port;
    private BridgedMediaEngine engine;

    @BeforeEach
    void open() throws SocketException {
        try (DatagramSocket free = new DatagramSocket(0, LOOPBACK)) {
            port = free.getLocalPort();
        }
        engine = BridgedMediaEngine.builder()
                .rtpPorts(41_101, 41_107)
                .icePort(port)
                .nat(new NatPolicy(NatTraversal.ICE, Optional.empty(), Optional.empty(), false, Optional.empty()))
                .build(new FakeCapture());
    }

    @AfterEach
    void close() {
        assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
        engine.close();
    }

    @Test
    void twoCallsAtATimeHaveOnePortAndDoNotMix() throws Exception {
        try (IceCall one = new IceCall(engine, LOOPBACK, 1);
                IceCall two = new IceCall(engine, LOOPBACK, 2)) {
            assertThat(engine.inventory().ports()).isOne();
            assertThat(one.answer().media()).allMatch(line -> line.port() == port);
            assertThat(two.answer().media()).allMatch(line -> line.port() == port);
            one.connect();
            two.connect();
            // what comes before the page is ready is dropped
            for (int i = 0; i < 500 && (one.heard(true) == 0 || two.heard(true) == 0); i++) {
                one.speak();
                two.speak();
                Thread.sleep(10);
            }
            Thread.sleep(200);
            long first = one.heard(true);
            long second = two.heard(true);
            for (int i = 0; i < 50; i++) {
                one.speak();
                two.speak();
            }
            assertThat(IceCall.await(() -> one.heard(true) == first + 50 && two.heard(true) == second + 50))
                    .isTrue();
            assertThat(one.heard(false) + two.heard(false)).isZero();
            for (IceCall call : new IceCall[] {one, two}) {
                assertThat(toRoom(call, call.audio)).as("sound to the room").isEqualTo(20);
            }
        }
    }

    /** Packets of the gateway's sound that reach the room, of twenty. */
    private static long toRoom(IceCall call, IceRoom line) {
        RoomTrack track = call.session.tracks().audio();
        int ssrc = track.outgoing().ssrc();
        long before = call.shown(line, ssrc);
        for (int i = 0; i < 20; i++) {
            byte[] packet = Rtp.bytes(Rtp.packet(97, i, i * 960, ssrc, 9));
            track.outgoing().sink().packet(packet, 0, packet.length);
        }
        IceCall.await(() -> call.shown(line, ssrc) == before + 20);
        return call.shown(line, ssrc) - before;
    }

    @Test
    @Tag("fault")
    void whatIsOfNoCallIsDroppedAndCounted() throws Exception {
        try (IceCall call = new IceCall(engine, LOOPBACK, 1);
                IceRoom stranger = new IceRoom(LOOPBACK, 99)) {
            call.connect();
            InetSocketAddress gateway = new InetSocketAddress(LOOPBACK, port);
            long before = engine.strayDatagrams();
            stranger.send(call.sound(), gateway);
            stranger.send(new byte[] {0, 1, 0, 0}, gateway);
            stranger.send(new byte[0], gateway);
            assertThat(IceCall.await(() -> engine.strayDatagrams() >= before + 3))
                    .isTrue();
            // knows the name, but not the password
            stranger.answered(call.answer().media().get(0));
            assertThat(IceCall.await(
                            () -> call.session.tracks().audio().path().ends().of(PathStatus.MALFORMED) > 3))
                    .isTrue();
            assertThat(stranger.selected()).isEmpty();
            stranger.send(call.sound(), gateway);
            call.speak();
            assertThat(IceCall.await(() -> call.heard(true) == 1)).isTrue();
        }
    }

    @Test
    void aRoomThatMovesIsFollowedAfterItsRestart() throws Exception {
        try (IceCall call = new IceCall(engine, LOOPBACK, 1);
                IceCall other = new IceCall(engine, LOOPBACK, 2)) {
            call.connect();
            other.connect();
            call.audio.move();
            call.video.move();
            call.exchange();
            assertThat(IceCall.await(() -> call.found(2))).isTrue();
            call.speak();
            other.speak();
            assertThat(IceCall.await(() -> call.heard(true) == 1 && other.heard(true) == 1))
                    .isTrue();
            assertThat(IceCall.await(() -> toRoom(call, call.audio) == 20)).isTrue();
        }
    }

    @Test
    void theEndOfACallIsTheEndOfItsPacketsOnly() throws Exception {
        try (IceCall stays = new IceCall(engine, LOOPBACK, 1)) {
            stays.connect();
            IceCall ends = new IceCall(engine, LOOPBACK, 2);
            ends.connect();
            ends.session.close();
            long before = engine.strayDatagrams();
            ends.speak();
            assertThat(IceCall.await(() -> engine.strayDatagrams() > before)).isTrue();
            ends.close();
            stays.speak();
            assertThat(IceCall.await(() -> stays.heard(true) == 1)).isTrue();
        }
    }

    @Test
    void callsWithoutIceTakePairsUntilThereAreNoneAndLeaveThePortToOthers() throws Exception {
        try (MediaEngineCall pair = new MediaEngineCall(engine)) {
            assertThat(pair.rtpPort()).isBetween(41_102, 41_107);
            assertThatThrownBy(() -> new MediaEngineCall(engine)).isInstanceOf(PortsExhaustedException.class);
            try (IceCall call = new IceCall(engine, LOOPBACK, 1)) {
                call.connect();
                call.speak();
                assertThat(IceCall.await(() -> call.heard(true) == 1)).isTrue();
            }
        }
    }

    @Test
    void ourOwnOfferTakesThePortAndARoomWithoutIceIsKnownByWhatItDescribes() throws Exception {
        BridgedMediaSession session =
                (BridgedMediaSession) engine.open(MediaRequest.of(LOOPBACK), new MediaListener() {});
        Negotiator negotiator = new Negotiator(
                session.localMedia(), engine.capabilities(), EncryptionPolicy.of(EncryptionPolicy.Level.OFF), 1);
        String offer = negotiator.offer().text();
        assertThat(offer)
                .contains("m=audio " + port + " ", "m=video " + port + " ", "a=rtcp:" + port + " IN IP4", "a=rtcp-mux")
                .contains("a=candidate:1 1 UDP")
                .doesNotContain("a=candidate:1 2 UDP");
        try (DatagramSocket room = new DatagramSocket(0, LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(0, LOOPBACK)) {
            String answer = """
                    v=0
                    o=- 1 1 IN IP4 127.0.0.1
                    s=-
                    c=IN IP4 127.0.0.1
                    t=0 0
                    m=audio %d RTP/AVP 0
                    m=video 0 RTP/AVP 96
                    """.formatted(room.getLocalPort());
            session.configure(
                    negotiator.accept(SessionDescription.parse(answer)).streams());
            byte[] packet = Rtp.bytes(Rtp.packet(0, 1, 160, 7, 9));
            PathCounters ends = session.tracks().audio().path().ends();
            long before = engine.strayDatagrams();
            stranger.send(new DatagramPacket(packet, packet.length, LOOPBACK, port));
            room.send(new DatagramPacket(packet, packet.length, LOOPBACK, port));
            assertThat(IceCall.await(() -> ends.of(PathStatus.NO_PAGE) == 1)).isTrue();
            assertThat(engine.strayDatagrams()).isEqualTo(before + 1);
        }
        session.close();
    }

    /** A call whose offer knows nothing of ICE. */
    private record MediaEngineCall(BridgedMediaSession session) implements AutoCloseable {
        private static final String OFFER = """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 4000 RTP/AVP 0
                a=rtcp-mux
                """;

        MediaEngineCall(BridgedMediaEngine engine) {
            this((BridgedMediaSession) engine.open(
                    new MediaRequest(LOOPBACK, Optional.empty(), Optional.empty(), Optional.of(OFFER), true),
                    new MediaListener() {}));
        }

        int rtpPort() {
            return session.localMedia().audioRtpPort();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
