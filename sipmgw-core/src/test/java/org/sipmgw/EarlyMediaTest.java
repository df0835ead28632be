package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCallee;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.sdp.MediaKind;

/** Who is called by the gateway describes its media before it answers. */
@Tag("dialog")
class EarlyMediaTest {
    private static final Room ROOM = Room.of(URI.create("https://meet.example/room42"), "Board room");
    private static TestGateway gateway;
    private RawPhone phone;
    private RawCallee callee;
    private Call call;
    private RawMessage invite;

    @BeforeAll
    static void openGateway() {
        gateway = new TestGateway(GatewayConfig.defaults().withRoomSilenceTimeout(Duration.ofMillis(300)));
    }

    @AfterAll
    static void closeGateway() {
        gateway.close();
    }

    @BeforeEach
    void place() throws IOException {
        gateway.events.clear();
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        callee = new RawCallee(phone);
        call = gateway.gateway.call(RawCallee.uri(phone, "room1"), ROOM, CallOptions.defaults());
        invite = phone.awaitRequest("INVITE");
    }

    @AfterEach
    void hangUp() {
        CompletableFuture<EndReason> ended = call.hangUp().toCompletableFuture();
        if (call.answerTime().isPresent() && gateway.events.ends.isEmpty()) {
            callee.answer(phone.awaitRequest("BYE"), 200, "OK");
        }
        ended.join();
        gateway.assertEmpty();
        phone.close();
    }

    private int heardFrom() {
        return gateway.engine.last().streams().stream()
                .filter(stream -> stream.kind() == MediaKind.AUDIO)
                .findFirst()
                .orElseThrow()
                .remoteRtp()
                .getPort();
    }

    private List<String> configurations() {
        return gateway.engine.last().configured.stream()
                .map(streams -> String.valueOf(streams.get(0).remoteRtp().getPort()))
                .toList();
    }

    private static String sdpAt(int port) {
        return RawCallee.sdp().replace("41000", String.valueOf(port)).replace("o=- 7", "o=- " + port);
    }

    @Test
    void flowBeforeTheAnswerAndGoOnByOneThatSaysNothingElse() {
        callee.answer(invite, 183, "Session Progress", RawCallee.sdp());
        gateway.events.await("progress 183 true");
        assertThat(call.state()).isEqualTo(CallState.RINGING);
        assertThat(configurations()).containsExactly("41000");
        assertThat(gateway.engine.last().captured)
                .as("the room sees the waiting picture")
                .hasSize(1);
        assertThat(gateway.joiner.last().join).as("nobody joins yet").isNotDone();
        callee.answer(invite, 200, "OK");
        phone.awaitRequest("ACK");
        gateway.events.await("state CONNECTED");
        assertThat(configurations()).as("they just go on").containsExactly("41000");
        assertThat(gateway.engine.last().captured).hasSize(1);
    }

    @Test
    void giveWayToTheDescriptionOfTheAnswer() {
        callee.answer(invite, 183, "Session Progress", sdpAt(45000));
        gateway.events.await("progress 183 true");
        callee.answer(invite, 200, "OK", sdpAt(46000));
        phone.awaitRequest("ACK");
        gateway.events.await("state CONNECTED");
        assertThat(configurations()).containsExactly("45000", "46000");
        assertThat(heardFrom()).isEqualTo(46000);
    }

    @Test
    void areThoseOfTheLastDeviceUntilOneAnswers() {
        RawCallee second = new RawCallee(phone, "second");
        callee.answer(invite, 183, "Session Progress", sdpAt(45000));
        gateway.events.await("progress 183 true");
        second.answer(invite, 183, "Session Progress", sdpAt(46000));
        gateway.events.await("second", lines -> configurations().size() == 2);
        callee.answer(invite, 183, "Session Progress", sdpAt(45000));
        gateway.events.await(
                "three",
                lines -> lines.stream().filter("progress 183 true"::equals).count() == 3);
        assertThat(heardFrom()).as("a repeated one changes nothing").isEqualTo(46000);
        callee.answer(invite, 200, "OK", sdpAt(45000));
        phone.awaitRequest("ACK");
        gateway.events.await("state CONNECTED");
        assertThat(heardFrom()).isEqualTo(45000);
    }

    @Test
    void thatCannotBeTakenAreAWarningAndNoEnd() {
        callee.answer(invite, 183, "Session Progress", "v=0\r\no=- 7 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        gateway.events.await(
                "a warning", lines -> lines.stream().anyMatch(line -> line.startsWith("warning Early media")));
        callee.answer(invite, 200, "OK", RawCallee.sdp());
        phone.awaitRequest("ACK");
        gateway.events.await("state CONNECTED");
        assertThat(configurations()).containsExactly("41000");
    }

    @Test
    void thatAreDescribedAndNotSentEndNothingBeforeTheAnswer() throws InterruptedException {
        callee.answer(invite, 183, "Session Progress", RawCallee.sdp());
        gateway.events.await("progress 183 true");
        gateway.engine.last().listener.onRoomSilent(Duration.ofMillis(200));
        assertThat(phone.silentAbout(m -> m.startLine().startsWith("CANCEL"), Duration.ofMillis(800)))
                .isTrue();
        callee.answer(invite, 200, "OK");
        phone.awaitRequest("ACK");
        callee.answer(phone.awaitRequest("BYE"), 200, "OK");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(EndReason.Cause.ROOM_LOST);
    }

    @Test
    void ofADeviceThatRingsReliablyAreAcknowledgedOnceAndInOrder() throws InterruptedException {
        reliable(7);
        RawMessage prack = phone.awaitRequest("PRACK");
        assertThat(prack.header("RAck")).hasValue("7 1 INVITE");
        callee.answer(prack, 200, "OK");
        reliable(7);
        reliable(9);
        assertThat(phone.silentAbout(m -> m.startLine().startsWith("PRACK"), Duration.ofMillis(300)))
                .as("neither the repeated one nor one before its time")
                .isTrue();
        reliable(8);
        RawMessage next = phone.awaitRequest("PRACK");
        assertThat(next.header("RAck")).hasValue("8 1 INVITE");
        callee.answer(next, 200, "OK");
        assertThat(configurations()).containsExactly("41000");
        callee.answer(invite, 200, "OK");
        phone.awaitRequest("ACK");
        gateway.events.await("state CONNECTED");
    }

    private void reliable(int number) {
        callee.answer(invite, 183, "Session Progress", RawCallee.sdp(), "Require: 100rel", "RSeq: " + number);
    }
}
