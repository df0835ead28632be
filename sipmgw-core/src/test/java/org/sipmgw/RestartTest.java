package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.JoinException;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** What the conference's side may do to a call. */
@Tag("fault")
class RestartTest {
    private final TestGateway gateway =
            new TestGateway(GatewayConfig.defaults().withRoomSilenceTimeout(Duration.ofMillis(500)));
    private RawPhone phone;
    private RawCall call;

    @BeforeEach
    void dial() throws IOException {
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
    }

    @AfterEach
    void nothingIsLeft() {
        gateway.assertEmpty();
        phone.close();
        gateway.close();
    }

    @Test
    void takesANewSeatOnceAndEndsAtTheSecondLoss() {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.joiner.last().listener.onGone(true, "tab crashed");
        gateway.events.await("warning tab crashed; trying once more");
        gateway.events.await(
                "second capture", lines -> gateway.engine.last().captured.size() == 2);
        gateway.events.await(
                "first seat closed", lines -> gateway.joiner.seats.get(0).isClosed());
        assertThat(gateway.events.calls.get(0).state()).isEqualTo(CallState.CONNECTED);
        assertThat(gateway.engine.last().captured).containsExactly(":0", ":1");

        gateway.joiner.last().listener.onGone(true, "tab crashed again");
        RawMessage bye = phone.awaitRequest("BYE");
        call.reply(bye, 200);
        assertThat(bye.header("Reason").orElseThrow()).contains("cause=503", "tab crashed again");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.BROWSER_LOST);
    }

    @Test
    void theRoomGoesToTheDevicesOfTheSeatThatIsThereNow() {
        gateway.joiner.devices = true;
        call.establish();
        gateway.events.await("state CONNECTED");
        assertThat(gateway.engine.last().fed).containsExactly("/dev/video0");
        gateway.joiner.last().listener.onGone(true, "browser died");
        gateway.events.await("second seat", lines -> gateway.engine.last().fed.size() == 2);
        assertThat(gateway.engine.last().fed).containsExactly("/dev/video0", "/dev/video1");
        call.ask("BYE", "");
        gateway.events.awaitEnd();
    }

    @Test
    void endsWhenTheConferenceEnds() {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.joiner.last().listener.onGone(false, "the host ended the meeting");
        RawMessage bye = phone.awaitRequest("BYE");
        call.reply(bye, 200);
        assertThat(bye.header("Reason").orElseThrow()).contains("the host ended the meeting");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.CONFERENCE_ENDED);
    }

    @Test
    void aConferenceThatIsLostAndCannotBeJoinedAgainHasEnded() {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.joiner.holdJoins = true;
        gateway.joiner.last().listener.onGone(true, "connection to the server lost");
        gateway.events.await("second seat", lines -> gateway.joiner.seats.size() == 2);
        gateway.joiner
                .last()
                .join
                .completeExceptionally(
                        new JoinException(JoinException.Cause.NO_SUCH_ROOM, "The page cannot be reached"));
        RawMessage bye = phone.awaitRequest("BYE");
        call.reply(bye, 200);
        assertThat(bye.header("Reason")).hasValue("SIP;cause=404;text=\"The page cannot be reached\"");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.CONFERENCE_ENDED);
    }

    @Test
    void tellsTheRoomWhyTheConferenceCouldNotBeJoined() {
        gateway.joiner.holdJoins = true;
        call.establish();
        gateway.events.await("state JOINING");
        gateway.events.await("a seat", lines -> !gateway.joiner.seats.isEmpty());
        gateway.joiner
                .last()
                .join
                .completeExceptionally(new JoinException(JoinException.Cause.TIMEOUT, "Nobody let us in"));
        RawMessage bye = phone.awaitRequest("BYE");
        call.reply(bye, 200);
        assertThat(bye.header("Reason")).hasValue("SIP;cause=480;text=\"Nobody let us in\"");
        assertThat(gateway.events.awaitEnd()).isEqualTo(new EndReason(Cause.JOIN_FAILED, 480, "Nobody let us in"));
    }

    @Test
    void triesAnotherBrowserWhenOneDiesWhileJoining() {
        gateway.joiner.holdJoins = true;
        call.establish();
        gateway.events.await("state JOINING");
        gateway.joiner.holdJoins = false;
        gateway.joiner
                .last()
                .join
                .completeExceptionally(new JoinException(JoinException.Cause.BROWSER, "browser died"));
        gateway.events.await("state CONNECTED");
        call.ask("BYE", "");
        gateway.events.awaitEnd();
    }

    @Test
    void restartsAfterALostCaptureAndEndsAtTheSecond() {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.engine.last().loseCapture("encoder stopped");
        gateway.events.await(
                "second capture", lines -> gateway.engine.last().captured.size() == 2);
        gateway.engine.last().loseCapture("encoder stopped again");
        call.reply(phone.awaitRequest("BYE"), 200);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.MEDIA_FAILED);
    }

    @Test
    void takesTheEndOfTheLostSeatsDisplayForPartOfTheSameLoss() {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.joiner.holdSeats = true;
        gateway.joiner.last().listener.onGone(true, "tab crashed");
        gateway.events.await("next seat asked for", lines -> gateway.joiner.waiting() == 1);
        gateway.engine.last().loseCapture("display is gone");
        gateway.joiner.releaseSeats();
        gateway.events.await(
                "second capture", lines -> gateway.engine.last().captured.size() == 2);
        assertThat(gateway.events.ends).isEmpty();
        call.ask("BYE", "");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.ROOM_HUNG_UP);
    }

    @Test
    void endsWhenTheRoomIsSilentForTooLong() {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.engine.last().listener.onRoomSilent(Duration.ofMillis(100));
        call.reply(phone.awaitRequest("BYE"), 200);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.ROOM_LOST);
    }

    @Test
    void keepsACallWhosePacketsComeBackOrThatIsHeld() throws InterruptedException {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.engine.last().listener.onRoomSilent(Duration.ofMillis(300));
        Thread.sleep(50);
        gateway.engine.last().packetsFromRoom = 10;
        assertThat(phone.silentAbout(m -> m.method().equals("BYE"), Duration.ofMillis(600)))
                .isTrue();
        call.ask("INVITE", RawCall.offer().replace("t=0 0\r\n", "t=0 0\r\na=inactive\r\n"), RawCall.SDP_TYPE);
        call.ack("");
        gateway.events.await("held true");
        gateway.engine.last().listener.onRoomSilent(Duration.ofMillis(400));
        assertThat(phone.silentAbout(m -> m.method().equals("BYE"), Duration.ofMillis(700)))
                .isTrue();
        call.ask("BYE", "");
        gateway.events.awaitEnd();
    }

    @Test
    void passesCommandsToThePage() throws Exception {
        call.establish();
        gateway.events.await("state CONNECTED");
        Call seen = gateway.events.calls.get(0);
        seen.command(new ConferenceCommand.RaiseHand(true))
                .toCompletableFuture()
                .get();
        assertThat(gateway.joiner.last().commands).containsExactly(new ConferenceCommand.RaiseHand(true));
        assertThat(seen.answerTime()).isPresent();
        assertThat(seen.joinTime()).isPresent();
        assertThat(seen.processes()).hasValue(new Call.Processes(1000, 2000, 3000));
        assertThat(seen.warm()).isTrue();
        call.ask("BYE", "");
        gateway.events.awaitEnd();
        var refused = seen.command(new ConferenceCommand.RaiseHand(false)).toCompletableFuture();
        assertThat(refused).failsWithin(Duration.ofSeconds(5));
    }
}
