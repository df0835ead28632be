package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Reliable provisional answers over a network that loses them, their PRACK, or the answer to that (RFC 3262). */
@Tag("dialog")
class PrackLossTest {
    private TestGateway gateway;
    private RawPhone phone;
    private RawCall call;

    @BeforeEach
    void open() throws IOException {
        gateway = TestGateway.with(builder -> builder.answering(AnswerPolicy.manual(Duration.ofSeconds(60))));
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, "Require: 100rel"));
    }

    @AfterEach
    void nothingIsLeft() {
        gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
        gateway.close();
    }

    private String prack(RawMessage ring) {
        call.learn(ring);
        return call.request("PRACK", "", "RAck: " + ring.header("RSeq").orElseThrow() + " 1 INVITE");
    }

    private void talkAndHangUp(RawMessage answer) {
        assertThat(answer.status()).isEqualTo(200);
        phone.send(call.text("ACK", "sip:" + phone.gatewayAddress(), "z9hG4bKack" + call.callId(), "1 ACK", ""));
        gateway.events.await("state CONNECTED");
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
    }

    @Test
    void repeatsRingingAtGrowingIntervalsUntilOneArrives() {
        RawMessage lost = phone.awaitStatus(180);
        long firstNs = System.nanoTime();
        RawMessage lostToo = phone.awaitStatus(180);
        RawMessage ring = phone.awaitStatus(180);
        long thirdMs = Duration.ofNanos(System.nanoTime() - firstNs).toMillis();
        assertThat(ring.header("RSeq")).isEqualTo(lost.header("RSeq")).isEqualTo(lostToo.header("RSeq"));
        assertThat(thirdMs).as("T1 and 2 T1 after the first").isGreaterThan(1200);
        assertThat(phone.ask(prack(ring), "2 PRACK").status()).isEqualTo(200);
        ((IncomingCall) gateway.events.calls.get(0)).accept();
        talkAndHangUp(phone.awaitFinal("1 INVITE"));
    }

    @Test
    void keepsItsAnswerBackWhilePracksAreLost() throws Exception {
        RawMessage ring = phone.awaitStatus(180);
        String prack = prack(ring);
        gateway.events.await("incoming");
        ((IncomingCall) gateway.events.calls.get(0)).accept();
        // this PRACK and the next one were lost: ringing comes again, and nothing else
        assertThat(phone.silentAbout(m -> m.status() >= 200, Duration.ofMillis(900)))
                .isTrue();
        phone.send(prack);
        assertThat(phone.awaitFinal("2 PRACK").status()).isEqualTo(200);
        talkAndHangUp(phone.awaitFinal("1 INVITE"));
    }

    @Test
    void answersAPrackAgainWhenItsAnswerWasLost() throws Exception {
        String prack = prack(phone.awaitStatus(180));
        for (int lost = 0; lost < 3; lost++) {
            phone.send(prack);
            assertThat(phone.awaitFinal("2 PRACK").status()).isEqualTo(200);
        }
        assertThat(phone.silentAbout(m -> m.status() == 180, Duration.ofMillis(1200)))
                .as("it has arrived")
                .isTrue();
        ((IncomingCall) gateway.events.calls.get(0)).accept();
        RawMessage answer = phone.awaitFinal("1 INVITE");
        phone.send(prack);
        assertThat(phone.awaitFinal("2 PRACK").status())
                .as("one more that comes late")
                .isEqualTo(200);
        talkAndHangUp(answer);
    }

    /** RFC 3262 section 3: after 64 T1 the INVITE is refused. */
    @Test
    @Tag("long")
    void refusesTheCallWhenNoPrackEverArrives() {
        RawMessage refusal =
                phone.await("refusal", m -> m.status() >= 300 && m.cseq().equals("1 INVITE"), Duration.ofSeconds(45));
        assertThat(refusal.status()).isBetween(500, 599);
        call.ackRefusal(refusal);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(EndReason.Cause.ROOM_LOST);
    }
}
