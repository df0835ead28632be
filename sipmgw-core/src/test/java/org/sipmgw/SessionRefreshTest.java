package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Session timers on the wire (RFC 4028), with intervals that only a test may have. */
@Tag("dialog")
@Execution(ExecutionMode.CONCURRENT)
class SessionRefreshTest {
    private static final String TIMER = "Supported: timer";
    private static final String ALLOW_UPDATE = "Allow: INVITE, ACK, CANCEL, BYE, UPDATE";
    private final TestGateway gateway = TestGateway.with(
            builder -> builder.sessionTimers(new SessionTimers(Duration.ofSeconds(60), Duration.ofSeconds(1))));
    private RawPhone phone;
    private RawCall call;

    private RawMessage dial(String... headers) throws IOException {
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
        String[] all = java.util.stream.Stream.concat(
                        List.of(headers).stream(), java.util.stream.Stream.of(RawCall.SDP_TYPE))
                .toArray(String[]::new);
        phone.send(call.request("INVITE", RawCall.offer(), all));
        RawMessage answer = phone.awaitFinal("1 INVITE");
        call.learn(answer);
        call.ack("");
        return answer;
    }

    @AfterEach
    void close() {
        if (!gateway.gateway.calls().isEmpty() && gateway.events.ends.isEmpty()) {
            call.ask("BYE", "");
        }
        phone.close();
        gateway.close();
    }

    @Test
    void refreshesByUpdateWithoutBody() throws IOException {
        RawMessage answer = dial(TIMER, ALLOW_UPDATE, "Session-Expires: 1");
        assertThat(answer.header("Session-Expires")).hasValue("1;refresher=uas");
        assertThat(answer.header("Require")).isEmpty();
        for (int i = 0; i < 2; i++) {
            RawMessage update = phone.awaitRequest("UPDATE");
            assertThat(update.body()).isEmpty();
            assertThat(update.header("Session-Expires")).hasValue("1;refresher=uac");
            assertThat(update.header("Supported").orElseThrow()).contains("timer");
            assertThat(update.header("Contact")).isPresent();
            call.reply(update, 200, "Session-Expires: 1;refresher=uac");
        }
    }

    @Test
    void refreshesByReinviteWithTheSameDescriptionWhereUpdateIsNotAllowed() throws IOException {
        RawMessage answer = dial(TIMER, "x: 1", "Allow: INVITE, ACK, CANCEL, BYE");
        RawMessage reinvite = phone.awaitRequest("INVITE");
        assertThat(reinvite.body()).isEqualTo(answer.body());
        call.replyWithSdp(reinvite, RawCall.offer(), "Session-Expires: 600;refresher=uac");
        RawMessage ack = phone.awaitRequest("ACK");
        assertThat(ack.cseqNumber()).isEqualTo(reinvite.cseqNumber());
        assertThat(call.reinvite(RawCall.offer()).body())
                .as("still the same version")
                .isEqualTo(answer.body());
        call.ack("");
        assertThat(gateway.engine.last().configured)
                .as("once at first, once for the room's own re-INVITE")
                .hasSize(2);
    }

    @Test
    void outlivesAnAnswerThatCannotBeRead() throws IOException {
        dial(TIMER, "Allow: INVITE, ACK, BYE", "Session-Expires: 5");
        call.replyWithSdp(phone.awaitRequest("INVITE"), "not a description");
        phone.awaitRequest("ACK");
        gateway.events.await("warning", lines -> lines.stream().anyMatch(line -> line.contains("cannot be taken")));
        assertThat(call.reinvite(RawCall.offer()).status())
                .as("the room's own offer")
                .isEqualTo(200);
        call.ack("");
        assertThat(gateway.events.ends).isEmpty();
    }

    @Test
    void goesOverToReinviteWhenUpdateIsRefused() throws IOException {
        dial(TIMER, ALLOW_UPDATE, "Session-Expires: 1");
        call.reply(phone.awaitRequest("UPDATE"), 405);
        RawMessage reinvite = phone.awaitRequest("INVITE");
        call.replyWithSdp(reinvite, RawCall.offer());
        phone.awaitRequest("ACK");
    }

    @Test
    void answers422WithOurMinimum() throws IOException {
        try (TestGateway strict = new TestGateway()) {
            phone = RawPhone.udp(strict.address(Transport.UDP));
            call = new RawCall(phone, "room42");
            phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, TIMER, "Session-Expires: 60"));
            RawMessage refused = phone.awaitFinal("1 INVITE");
            call.ackRefusal(refused);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.header("Min-SE")).hasValue("90");
            assertThat(strict.events.lines).isEmpty();

            phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, "Session-Expires: 60"));
            RawMessage answer = phone.awaitFinal("2 INVITE");
            assertThat(answer.status())
                    .as("a proxy's wish, of which the caller knows nothing")
                    .isEqualTo(200);
        }
    }

    @Test
    void asksForMoreWhenRefused422() throws IOException {
        dial(TIMER, ALLOW_UPDATE, "Session-Expires: 1");
        call.reply(phone.awaitRequest("UPDATE"), 422, "Min-SE: 120");
        RawMessage second = phone.awaitRequest("UPDATE");
        assertThat(second.header("Session-Expires")).hasValue("120;refresher=uac");
        assertThat(second.header("Min-SE")).hasValue("120");
        call.reply(second, 200, "Session-Expires: 120;refresher=uac");
    }

    @Test
    void doesNotAskAgainAtOnceWhoRefusesWhatHeHasAskedFor() throws IOException, InterruptedException {
        dial(TIMER, ALLOW_UPDATE, "Session-Expires: 1");
        call.reply(phone.awaitRequest("UPDATE"), 422, "Min-SE: 120");
        call.reply(phone.awaitRequest("UPDATE"), 422, "Min-SE: 120");
        assertThat(phone.silentAbout(m -> m.startLine().startsWith("UPDATE"), Duration.ofMillis(80)))
                .isTrue();
    }

    @Test
    void leavesItToThePeerThatWantsTo() throws IOException {
        RawMessage answer = dial(TIMER, ALLOW_UPDATE, "Session-Expires: 2;refresher=uac");
        assertThat(answer.header("Session-Expires")).hasValue("2;refresher=uac");
        assertThat(answer.header("Require")).hasValue("timer");
        for (int i = 0; i < 2; i++) {
            sleep(800);
            RawMessage refreshed = call.ask("UPDATE", "", TIMER, "Session-Expires: 2;refresher=uac");
            assertThat(refreshed.header("Session-Expires")).hasValue("2;refresher=uac");
        }
        assertThat(gateway.events.ends).isEmpty();
        RawMessage bye = phone.awaitRequest("BYE");
        call.reply(bye, 200);
        assertThat(bye.header("Reason").orElseThrow()).contains("cause=408");
        EndReason end = gateway.events.awaitEnd();
        assertThat(end.cause()).as("it has forgotten, and sends nothing").isEqualTo(Cause.ROOM_LOST);
        assertThat(end.detail()).contains("not refreshed in 2 s");
    }

    @Test
    void keepsAPeerThatForgetsToRefreshAsLongAsItSendsMedia() throws IOException {
        dial(TIMER, "Session-Expires: 1;refresher=uac");
        Thread room = new Thread(() -> {
            while (!Thread.interrupted()) {
                gateway.engine.last().packetFromRoom();
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        room.start();
        try {
            gateway.events.await(
                    "warning", lines -> lines.stream().anyMatch(line -> line.contains("not refreshed in time")));
            sleep(1500);
            assertThat(gateway.events.ends).isEmpty();
        } finally {
            room.interrupt();
        }
        call.reply(phone.awaitRequest("BYE"), 200);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.ROOM_LOST);
    }

    @Test
    void endsWhenTheRoomNoLongerKnowsTheCall() throws IOException {
        dial(TIMER, ALLOW_UPDATE, "Session-Expires: 1");
        call.reply(phone.awaitRequest("UPDATE"), 481);
        call.reply(phone.awaitRequest("BYE"), 200);
        EndReason end = gateway.events.awaitEnd();
        assertThat(end.cause()).isEqualTo(Cause.ROOM_LOST);
        assertThat(end.detail()).contains("481");
    }

    @Test
    void triesAgainAfterGlare() throws IOException {
        dial(TIMER, "Allow: INVITE, ACK, BYE", "Session-Expires: 5");
        RawMessage ours = phone.awaitRequest("INVITE");
        // a re-INVITE of the room crosses ours: each refuses the other's
        RawMessage refused = call.ask("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
        assertThat(refused.status()).isEqualTo(491);
        call.ackRefusal(refused);
        RawMessage update = call.ask("UPDATE", RawCall.offer(), RawCall.SDP_TYPE);
        assertThat(update.status()).isEqualTo(491);
        call.reply(ours, 491);
        phone.awaitRequest("ACK");
        RawMessage again = phone.awaitRequest("INVITE");
        assertThat(again.cseqNumber()).isGreaterThan(ours.cseqNumber());
        call.replyWithSdp(again, RawCall.offer());
        phone.awaitRequest("ACK");
        assertThat(call.reinvite(RawCall.offer()).status()).isEqualTo(200);
        call.ack("");
    }

    /** The refusal is repeated for 32 s. */
    @Test
    @Tag("long")
    void keepsACallWhoseRoomDoesNotAcknowledgeARefusal() throws IOException {
        dial("x: 1");
        String audioOnlyG729 = RawCall.offer().replaceAll("(?s)m=.*", "") + "m=audio 41000 RTP/AVP 18\r\n";
        assertThat(call.ask("INVITE", audioOnlyG729, RawCall.SDP_TYPE).status()).isEqualTo(488);
        sleep(35_000);
        assertThat(gateway.events.ends).isEmpty();
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.ROOM_HUNG_UP);
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
