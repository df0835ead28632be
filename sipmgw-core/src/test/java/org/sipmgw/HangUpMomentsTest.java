package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Whoever hangs up, and whenever: nothing is left. */
@Tag("call")
class HangUpMomentsTest {
    private final TestGateway gateway = new TestGateway();
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
    void roomCancelsWhileTheSeatOpens() {
        gateway.joiner.holdSeats = true;
        call.sendInvite(RawCall.offer());
        phone.awaitStatus(180);
        phone.send(call.request("CANCEL", ""));
        assertThat(phone.await(
                        "200 to CANCEL", m -> m.status() == 200 && m.method().equals("CANCEL")))
                .isNotNull();
        RawMessage terminated = phone.awaitStatus(487);
        call.ackRefusal(terminated);
        gateway.events.await("seat asked for", lines -> gateway.joiner.waiting() == 1);
        assertThat(gateway.events.ends).as("the seat is still to come").isEmpty();
        gateway.joiner.releaseSeats();
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.CANCELLED);
        assertThat(gateway.joiner.last().isClosed()).isTrue();
    }

    @Test
    void roomSendsByeBeforeTheAnswer() {
        gateway.joiner.holdSeats = true;
        call.sendInvite(RawCall.offer());
        RawMessage ringing = phone.awaitStatus(180);
        call.learn(ringing);
        phone.send(call.request("BYE", ""));
        phone.await("200 to BYE", m -> m.status() == 200 && m.method().equals("BYE"));
        phone.awaitStatus(487);
        gateway.joiner.releaseSeats();
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.ROOM_HUNG_UP);
    }

    @Test
    void roomHangsUpWhileJoining() {
        gateway.joiner.holdJoins = true;
        call.establish();
        gateway.events.await("state JOINING");
        assertThat(call.ask("BYE", "", "Reason: Q.850;cause=16;text=\"user went home\"")
                        .status())
                .isEqualTo(200);
        EndReason reason = gateway.events.awaitEnd();
        assertThat(reason).isEqualTo(new EndReason(Cause.ROOM_HUNG_UP, 200, "user went home"));
    }

    @Test
    void roomHangsUpWithoutAck() {
        call.invite(RawCall.offer());
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.ROOM_HUNG_UP);
    }

    @Test
    void embedderHangsUpWhileRinging() throws Exception {
        gateway.joiner.holdSeats = true;
        call.sendInvite(RawCall.offer());
        phone.awaitStatus(180);
        gateway.events.await("incoming");
        var ended = gateway.events.calls.get(0).hangUp().toCompletableFuture();
        RawMessage refusal = phone.await("refusal", m -> m.status() >= 300 || m.status() == 200);
        assertThat(refusal.status()).isGreaterThanOrEqualTo(400);
        call.ackRefusal(refusal);
        gateway.joiner.releaseSeats();
        assertThat(ended.get(5, TimeUnit.SECONDS).cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    @Test
    void embedderHangsUpWhileJoining() throws Exception {
        gateway.joiner.holdJoins = true;
        call.establish();
        gateway.events.await("state JOINING");
        var ended = gateway.events.calls.get(0).hangUp().toCompletableFuture();
        RawMessage bye = phone.awaitRequest("BYE");
        call.reply(bye, 200);
        assertThat(bye.header("Reason").orElseThrow()).contains("SIP", "cause=200", "text=\"Hung up by the gateway\"");
        assertThat(ended.get(5, TimeUnit.SECONDS).cause()).isEqualTo(Cause.LOCAL_HANG_UP);
        assertThat(gateway.joiner.last().left).isTrue();
    }

    @Test
    void embedderHangsUpInMidMedia() throws Exception {
        call.establish();
        gateway.events.await("state CONNECTED");
        var ended = gateway.events.calls.get(0).hangUp().toCompletableFuture();
        call.reply(phone.awaitRequest("BYE"), 200);
        ended.get(5, TimeUnit.SECONDS);
        assertThat(gateway.joiner.last().left).isTrue();
    }

    @Test
    void aSeatLostWhileTheCallEndsIsNotReplaced() {
        call.establish();
        gateway.events.await("state CONNECTED");
        var media = gateway.engine.last();
        media.mayClose = new CompletableFuture<>();
        gateway.events.calls.get(0).hangUp();
        call.reply(phone.awaitRequest("BYE"), 200);
        gateway.joiner.last().listener.onGone(true, "tab crashed");
        afterWhatIsPosted();
        media.mayClose.complete(null);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
        assertThat(gateway.joiner.seats).hasSize(1);
    }

    @Test
    void aSeatThatComesWhileTheCallEndsIsNotCaptured() {
        gateway.joiner.holdSeats = true;
        call.sendInvite(RawCall.offer());
        phone.awaitStatus(180);
        gateway.events.await("incoming");
        var media = gateway.engine.last();
        media.mayClose = new CompletableFuture<>();
        gateway.events.calls.get(0).hangUp();
        call.ackRefusal(phone.awaitFinal("1 INVITE"));
        gateway.joiner.releaseSeats();
        afterWhatIsPosted();
        assertThat(media.captured).isEmpty();
        media.mayClose.complete(null);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    /** Returns when the call's thread has done what waits now. */
    private void afterWhatIsPosted() {
        var command = gateway.events.calls.get(0).command(new ConferenceCommand.RaiseHand(true));
        assertThat(command).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aClosedGatewayFailsWhatIsAskedOfACall() {
        call.establish();
        gateway.events.await("state CONNECTED");
        var ended = gateway.events.calls.get(0).hangUp().toCompletableFuture();
        call.reply(phone.awaitRequest("BYE"), 200);
        ended.join();
        gateway.close();
        afterWhatIsPosted();
    }

    @Test
    void byeWaitsForTheAck() throws Exception {
        RawMessage answer = call.invite(RawCall.offer());
        gateway.events.await("state CONNECTED");
        var ended = gateway.events.calls.get(0).hangUp().toCompletableFuture();
        assertThat(phone.silentAbout(m -> m.method().equals("BYE"), Duration.ofMillis(700)))
                .isTrue();
        call.ack("");
        call.reply(phone.awaitRequest("BYE"), 200);
        assertThat(answer.status()).isEqualTo(200);
        ended.get(5, TimeUnit.SECONDS);
    }

    @Test
    void callEndsThoughTheRoomNeverAnswersItsBye() {
        call.establish();
        gateway.events.await("state CONNECTED");
        gateway.events.calls.get(0).hangUp();
        phone.awaitRequest("BYE");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    @Test
    void closingTheGatewayEndsEveryCall() throws Exception {
        call.establish();
        RawCall second = new RawCall(phone, "room43");
        gateway.events.await("state CONNECTED");
        gateway.joiner.holdSeats = true;
        second.sendInvite(RawCall.offer());
        phone.awaitStatus(180);
        Thread closing = new Thread(gateway::close);
        closing.start();
        // in either order
        for (int i = 0; i < 2; i++) {
            RawMessage next = phone.await(
                    "BYE and 503",
                    m -> m.isResponse() ? m.status() == 503 : m.method().equals("BYE"));
            if (next.isResponse()) {
                second.ackRefusal(next);
            } else {
                call.reply(next, 200);
            }
        }
        gateway.joiner.releaseSeats();
        closing.join(10_000);
        assertThat(closing.isAlive()).isFalse();
        assertThat(gateway.events.ends).hasSize(2).allMatch(end -> end.cause() == Cause.SHUTDOWN);
    }
}
