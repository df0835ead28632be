package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.Negotiation;
import org.sipmgw.sdp.Negotiator;
import org.sipmgw.sdp.SessionDescription;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaRequest;

/** A gateway with addresses of both IP versions, on loopback; calls come to 127.0.0.1. */
@Tag("turn")
class TwoVersionsTest {
    private BridgedMediaEngine engine;

    private void open(int icePort) throws Exception {
        engine = BridgedMediaEngine.builder()
                .secondAddress(InetAddress.getByName("::1"))
                .icePort(icePort)
                .build(new FakeCapture());
    }

    @AfterEach
    void close() {
        assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
        engine.close();
    }

    private static int free() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, false", "::1, false", "127.0.0.1, true", "::1, true"})
    void withIceThereAreCandidatesOfBothAndMediaFlowByEither(String room, boolean shared) throws Exception {
        open(shared ? free() : 0);
        InetAddress there = InetAddress.getByName(room);
        try (IceCall call = new IceCall(engine, there, 1)) {
            assertThat(call.answer().text())
                    .contains(room.equals("::1") ? "c=IN IP6" : "c=IN IP4")
                    .containsPattern("a=candidate:[14] 1 UDP \\d+ 127.0.0.1 ")
                    .containsPattern("a=candidate:[14] 1 UDP \\d+ (::1|0:0:0:0:0:0:0:1) ");
            call.connect();
            call.speak();
            assertThat(IceCall.await(() -> call.heard(true) == 1)).isTrue();
            assertThat(call.audio.selected())
                    .allMatch(found -> found.getAddress().equals(there));
            RoomTrack track = call.session.tracks().audio();
            byte[] packet = Rtp.bytes(Rtp.packet(97, 1, 960, track.outgoing().ssrc(), 9));
            track.outgoing().sink().packet(packet, 0, packet.length);
            assertThat(IceCall.await(
                            () -> call.shown(call.audio, track.outgoing().ssrc()) == 1))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IP4 127.0.0.1", "IP6 ::1"})
    void anOfferIsAnsweredWithAnAddressOfItsVersion(String address) throws Exception {
        open(0);
        InetAddress there = InetAddress.getByName(address.substring(4));
        try (DatagramSocket room = new DatagramSocket(0, there)) {
            String offer = "v=0\r\no=- 1 1 IN %1$s\r\ns=-\r\nc=IN %1$s\r\nt=0 0\r\nm=audio %2$d RTP/AVP 0\r\n"
                    .formatted(address, room.getLocalPort());
            BridgedMediaSession session = (BridgedMediaSession) engine.open(
                    new MediaRequest(
                            InetAddress.getByName("127.0.0.1"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(offer),
                            true),
                    new MediaListener() {});
            Negotiation agreed = new Negotiator(
                            session.localMedia(),
                            engine.capabilities(),
                            EncryptionPolicy.of(EncryptionPolicy.Level.OFF),
                            1)
                    .answer(SessionDescription.parse(offer));
            assertThat(session.localMedia().address()).isEqualTo(there);
            assertThat(engine.inventory().ports()).as("of one version").isEqualTo(4);
            assertThat(agreed.local().text()).contains("c=IN " + address.substring(0, 3));
            session.configure(agreed.streams());
            byte[] packet = Rtp.bytes(Rtp.packet(0, 1, 160, 7, 9));
            room.send(new DatagramPacket(
                    packet, packet.length, there, session.localMedia().audioRtpPort()));
            assertThat(IceCall.await(
                            () -> session.tracks().audio().path().ends().of(PathStatus.NO_PAGE) == 1))
                    .isTrue();
            session.close();
        }
    }
}
