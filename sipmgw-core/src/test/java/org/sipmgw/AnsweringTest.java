package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.account.AnswerMode;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Who answers a call, and when; and the provisional answers until then. */
@Tag("dialog")
@Execution(ExecutionMode.CONCURRENT)
class AnsweringTest {
    private TestGateway gateway;
    private RawPhone phone;
    private RawCall call;

    private void open(AnswerPolicy policy) throws IOException {
        gateway = TestGateway.with(builder -> builder.answering(policy));
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
    }

    @AfterEach
    void nothingIsLeft() {
        gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
        gateway.close();
    }

    private IncomingCall ringing() {
        phone.awaitStatus(180);
        gateway.events.await("incoming");
        return (IncomingCall) gateway.events.calls.get(0);
    }

    private void hangUp() {
        RawMessage answer = phone.awaitFinal("1 INVITE");
        assertThat(answer.status()).isEqualTo(200);
        call.learn(answer);
        call.ack("");
        gateway.events.await("state CONNECTED");
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
    }

    @Test
    void ringsUntilTheEmbedderAccepts() throws Exception {
        open(AnswerPolicy.manual(Duration.ofSeconds(30)));
        call.sendInvite(RawCall.offer());
        IncomingCall incoming = ringing();
        assertThat(phone.silentAbout(m -> m.status() >= 183, Duration.ofMillis(200)))
                .isTrue();
        assertThat(gateway.joiner.open.get()).as("no seat before the decision").isZero();
        incoming.accept();
        incoming.reject(486, "too late");
        hangUp();
    }

    @Test
    void goesIntoTheRoomThatTheEmbedderNames() throws Exception {
        open(AnswerPolicy.manual(Duration.ofSeconds(30)));
        call = new RawCall(phone, "nowhere");
        call.sendInvite(RawCall.offer());
        IncomingCall incoming = ringing();
        assertThat(incoming.room()).isEmpty();
        Room other = new Room(URI.create("https://meet.example/other"), "Room 1", Optional.empty());
        incoming.accept(other);
        hangUp();
        assertThat(incoming.room()).hasValue(other);
    }

    @Test
    void refusesAsTheEmbedderSays() throws Exception {
        open(AnswerPolicy.manual(Duration.ofSeconds(30)));
        call.sendInvite(RawCall.offer());
        IncomingCall incoming = ringing();
        assertThatThrownBy(() -> incoming.reject(200, "no")).isInstanceOf(IllegalArgumentException.class);
        incoming.reject(603, "Not today");
        RawMessage refused = phone.awaitFinal("1 INVITE");
        call.ackRefusal(refused);
        assertThat(refused.status()).isEqualTo(603);
        assertThat(refused.header("Warning").orElseThrow()).contains("Not today");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    @Test
    void redirects() throws Exception {
        open(AnswerPolicy.defaults());
        gateway.events.decision = incoming -> incoming.redirect("sip:other@192.0.2.9;transport=tcp");
        call.sendInvite(RawCall.offer());
        RawMessage redirected = phone.awaitFinal("1 INVITE");
        call.ackRefusal(redirected);
        assertThat(redirected.status()).isEqualTo(302);
        assertThat(redirected.contactUri()).isEqualTo("sip:other@192.0.2.9;transport=tcp");
        assertThat(gateway.events.awaitEnd().sipStatus()).isEqualTo(302);
    }

    @Test
    void anAddressThatCannotBeSentIsNoRedirection() throws Exception {
        open(AnswerPolicy.manual(Duration.ofSeconds(30)));
        call.sendInvite(RawCall.offer());
        IncomingCall incoming = ringing();
        for (String address :
                List.of("sip:other@192.0.2.9:", "sip:other@192.0.2.9:99999999999", "sip:a@b/c", "sip:a@b,c")) {
            assertThatThrownBy(() -> incoming.redirect(address))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        incoming.redirect("sips:other@[2001:db8::9]:5061;transport=tcp");
        RawMessage redirected = phone.awaitFinal("1 INVITE");
        call.ackRefusal(redirected);
        assertThat(redirected.contactUri()).isEqualTo("sips:other@[2001:db8::9]:5061;transport=tcp");
    }

    @Test
    void refusesWhatNobodyDecides() throws Exception {
        open(AnswerPolicy.manual(Duration.ofSeconds(1)));
        call.sendInvite(RawCall.offer());
        RawMessage refused = phone.awaitFinal("1 INVITE");
        call.ackRefusal(refused);
        assertThat(refused.status()).isEqualTo(480);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.NO_ANSWER);
    }

    @Test
    void ringsAtLeastForTheDelay() throws Exception {
        open(new AnswerPolicy(AnswerMode.AUTO, Duration.ofMillis(700), Duration.ofMinutes(1)));
        call.sendInvite(RawCall.offer());
        ringing();
        assertThat(phone.silentAbout(m -> m.status() >= 200, Duration.ofMillis(400)))
                .isTrue();
        hangUp();
    }

    @Test
    void aCallerMayGiveUpWhileItIsNotDecided() throws Exception {
        open(AnswerPolicy.manual(Duration.ofSeconds(30)));
        call.sendInvite(RawCall.offer());
        IncomingCall incoming = ringing();
        phone.send(call.request("CANCEL", "", "Reason: SIP;cause=200;text=\"Call completed elsewhere\""));
        RawMessage refused = phone.awaitFinal("1 INVITE");
        call.ackRefusal(refused);
        assertThat(refused.status()).isEqualTo(487);
        incoming.accept();
        EndReason end = gateway.events.awaitEnd();
        assertThat(end.cause()).isEqualTo(Cause.CANCELLED);
        assertThat(end.detail()).isEqualTo("Call completed elsewhere");
    }

    @Test
    void showsThePictureBeforeTheAnswer() throws Exception {
        open(new AnswerPolicy(AnswerMode.EARLY, Duration.ZERO, Duration.ofSeconds(30)));
        call.sendInvite(RawCall.offer());
        IncomingCall incoming = ringing();
        RawMessage early = phone.awaitStatus(183);
        assertThat(early.body()).contains("m=audio", "m=video");
        assertThat(early.header("RSeq")).isEmpty();
        assertThat(gateway.engine.last().configured).hasSize(1);
        assertThat(gateway.engine.last().captured).hasSize(1);
        incoming.accept();
        hangUp();
        assertThat(gateway.engine.last().configured).as("media just go on").hasSize(1);
    }

    @Test
    void acknowledgedEarlyMediaAllowAnOfferInUpdate() throws Exception {
        open(new AnswerPolicy(AnswerMode.EARLY, Duration.ZERO, Duration.ofSeconds(30)));
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, "Supported: 100rel"));
        IncomingCall incoming = ringing();
        RawMessage early = phone.awaitStatus(183);
        assertThat(early.header("Require")).hasValue("100rel");
        call.learn(early);
        incoming.accept();
        assertThat(phone.silentAbout(m -> m.status() == 200, Duration.ofMillis(300)))
                .as("the answer waits for PRACK")
                .isTrue();
        assertThat(call.ask("PRACK", "", "RAck: " + early.header("RSeq").orElseThrow() + " 1 INVITE")
                        .status())
                .isEqualTo(200);
        RawMessage answer = phone.awaitFinal("1 INVITE");
        assertThat(answer.status()).isEqualTo(200);
        acknowledge(answer);
        gateway.events.await("state CONNECTED");
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
    }

    @Test
    void anAnswerThatWaitsForPrackIsARefusalWhenTheCallEndsBefore() throws Exception {
        open(new AnswerPolicy(AnswerMode.EARLY, Duration.ZERO, Duration.ofSeconds(30)));
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, "Supported: 100rel"));
        IncomingCall incoming = ringing();
        RawMessage early = phone.awaitStatus(183);
        call.learn(early);
        incoming.accept();
        gateway.events.await("state CONNECTED");
        incoming.hangUp();
        assertThat(phone.awaitFinal("1 INVITE").status()).isEqualTo(480);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    /** The ACK of an INVITE that was not the last request. */
    private void acknowledge(RawMessage answer) {
        phone.send(call.text("ACK", answer.contactUri(), "z9hG4bKack" + System.nanoTime(), "1 ACK", ""));
    }

    @Test
    void ringsReliablyWhereTheCallerDemandsIt() throws Exception {
        open(AnswerPolicy.manual(Duration.ofSeconds(30)));
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, "Require: 100rel"));
        RawMessage ring = phone.awaitStatus(180);
        assertThat(ring.header("Require")).hasValue("100rel");
        String rseq = ring.header("RSeq").orElseThrow();
        RawMessage again = phone.awaitStatus(180);
        assertThat(again.header("RSeq")).as("repeated until PRACK").hasValue(rseq);
        call.learn(ring);
        assertThat(call.ask("UPDATE", RawCall.offer(), RawCall.SDP_TYPE).status())
                .as("no second offer before the first is answered")
                .isEqualTo(500);
        assertThat(call.ask("UPDATE", "").status()).isEqualTo(200);
        assertThat(call.ask("PRACK", "", "RAck: " + rseq + " 1 INVITE").status())
                .isEqualTo(200);
        assertThat(phone.silentAbout(m -> m.status() == 180, Duration.ofMillis(1200)))
                .as("not repeated any more")
                .isTrue();
        ((IncomingCall) gateway.events.calls.get(0)).accept();
        acknowledge(phone.awaitFinal("1 INVITE"));
        gateway.events.await("state CONNECTED");
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
    }
}
