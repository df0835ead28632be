package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** REFER in a call, and INVITE with Replaces. */
@Tag("dialog")
class TransferTest {
    private static final String TARGET = "Refer-To: <sip:other@192.0.2.9>";
    private final TestGateway gateway = new TestGateway();
    private RawPhone phone;
    private RawCall call;
    private RawMessage answer;

    @BeforeEach
    void establish() throws IOException {
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
        answer = call.establish();
        gateway.events.await("state CONNECTED");
    }

    @AfterEach
    void nothingIsLeft() {
        if (!gateway.gateway.calls().isEmpty()) {
            call.ask("BYE", "");
        }
        gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
        gateway.close();
    }

    @Test
    void declinesATransferThatNobodyTakes() {
        RawMessage refused = call.ask("REFER", "", TARGET);
        assertThat(refused.status()).isEqualTo(603);
        gateway.events.await("transfer sip:other@192.0.2.9");
        assertThat(call.ask("UPDATE", "").status()).as("the call goes on").isEqualTo(200);
        assertThat(call.ask("REFER", "").status()).as("without Refer-To").isEqualTo(400);
    }

    @Test
    void reportsOnATransferThatTheEmbedderTakes() {
        gateway.events.transfer = request -> {
            request.accept();
            request.report(180, "Ringing");
            request.report(200, "OK");
            request.report(500, "after the last word");
        };
        phone.send(call.request("REFER", "", TARGET, "Referred-By: <sip:room1@192.0.2.1>"));
        assertThat(phone.awaitStatus(202).cseq()).isEqualTo("2 REFER");
        notified("SIP/2.0 100 Trying", "active");
        notified("SIP/2.0 180 Ringing", "active");
        notified("SIP/2.0 200 OK", "terminated");
        assertThat(call.ask("BYE", "").status())
                .as("whoever has transferred hangs up")
                .isEqualTo(200);
    }

    private void notified(String body, String state) {
        RawMessage notify = phone.awaitRequest("NOTIFY");
        call.reply(notify, 200);
        assertThat(notify.body().strip()).isEqualTo(body);
        assertThat(notify.header("Event")).hasValue("refer;id=2");
        assertThat(notify.header("Content-Type").orElseThrow()).startsWith("message/sipfrag");
        assertThat(notify.header("Subscription-State").orElseThrow()).startsWith(state);
    }

    @Test
    void anotherRoomSystemTakesTheCallOver() throws IOException {
        try (RawPhone second = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall other = new RawCall(second, "room42");
            second.send(other.request(
                    "INVITE",
                    RawCall.offer("127.0.0.1", 41000, 41002),
                    RawCall.SDP_TYPE,
                    "Require: replaces",
                    replaces()));
            RawMessage taken = second.awaitFinal("1 INVITE");
            assertThat(taken.status()).isEqualTo(200);
            other.learn(taken);
            other.ack("");
            RawMessage bye = phone.awaitRequest("BYE");
            call.reply(bye, 200);
            assertThat(bye.header("Reason").orElseThrow()).contains("Replaced");

            assertThat(gateway.gateway.calls()).as("the same call").hasSize(1);
            assertThat(gateway.events.ends).isEmpty();
            gateway.events.await("replaced", lines -> lines.stream().anyMatch(line -> line.startsWith("replaced by")));
            assertThat(gateway.engine.last().streams().get(0).remoteRtp().getPort())
                    .isEqualTo(41000);
            assertThat(gateway.engine.sessions).as("one media session").hasSize(1);
            assertThat(other.ask("INVITE", RawCall.offer(), RawCall.SDP_TYPE).status())
                    .isEqualTo(200);
            other.ack("");
            assertThat(other.ask("BYE", "").status()).isEqualTo(200);
            gateway.events.await("ended ROOM_HUNG_UP");
        }
    }

    private String replaces() {
        return "Replaces: " + call.callId() + ";to-tag=" + answer.tag("To").orElseThrow() + ";from-tag="
                + answer.tag("From").orElseThrow();
    }

    @Test
    void theCallGoesOnWhereItCannotBeTakenOver() throws IOException {
        try (RawPhone second = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall other = new RawCall(second, "room42");
            gateway.engine.faults.failNext("media.configure");
            second.send(other.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, replaces()));
            RawMessage refused = second.awaitFinal("1 INVITE");
            other.ackRefusal(refused);
            assertThat(refused.status()).isEqualTo(500);
            assertThat(call.ask("INVITE", RawCall.offer(), RawCall.SDP_TYPE).status())
                    .isEqualTo(200);
            call.ack("");
            assertThat(gateway.events.ends).isEmpty();
        }
    }

    @Test
    void aHeldCallThatIsTakenOverIsHeldNoMore() throws IOException {
        String held = RawCall.offer().replace("t=0 0\r\n", "t=0 0\r\na=sendonly\r\n");
        assertThat(call.ask("INVITE", held, RawCall.SDP_TYPE).status()).isEqualTo(200);
        call.ack("");
        gateway.events.await("held true");
        try (RawPhone second = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall other = new RawCall(second, "room42");
            second.send(other.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, replaces()));
            other.learn(second.awaitFinal("1 INVITE"));
            other.ack("");
            call.reply(phone.awaitRequest("BYE"), 200);
            gateway.events.await("held false");
            assertThat(gateway.events.calls.get(0).held()).isFalse();
            assertThat(other.ask("BYE", "").status()).isEqualTo(200);
            gateway.events.await("ended ROOM_HUNG_UP");
        }
    }

    @Test
    void replacesNoDialogThatIsNotThere() throws IOException {
        try (RawPhone second = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall other = new RawCall(second, "room42");
            second.send(
                    other.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, "Replaces: nobody;to-tag=1;from-tag=2"));
            RawMessage refused = second.awaitFinal("1 INVITE");
            other.ackRefusal(refused);
            assertThat(refused.status()).isEqualTo(481);
            assertThat(gateway.events.calls).hasSize(1);
        }
    }
}
