package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

@Tag("call")
class CallTest {

    @Test
    void answersWithTheSeatJoinsAndEndsWhenTheRoomHangsUp() throws IOException {
        try (TestGateway gateway = new TestGateway();
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall call = new RawCall(phone, "room42");
            call.sendInvite(RawCall.offer());
            phone.awaitStatus(100);
            RawMessage ringing = phone.awaitStatus(180);
            RawMessage answer = phone.awaitStatus(200);
            call.learn(answer);
            call.ack("");

            assertThat(ringing.tag("To")).isEqualTo(answer.tag("To"));
            assertThat(answer.header("Contact").orElseThrow()).contains("127.0.0.1");
            assertThat(answer.body()).contains("m=audio 50000", "m=video 50002");
            gateway.events.await("state CONNECTED");
            assertThat(gateway.engine.last().streams()).hasSize(2);
            assertThat(gateway.engine.last().captured).containsExactly(":0");

            assertThat(call.ask("BYE", "").status()).isEqualTo(200);
            assertThat(gateway.events.awaitEnd().cause()).isEqualTo(EndReason.Cause.ROOM_HUNG_UP);
            assertThat(gateway.events.lines)
                    .containsExactly(
                            "incoming",
                            "state JOINING",
                            "conference JOINED",
                            "state CONNECTED",
                            "state ENDING",
                            "state ENDED",
                            "ended ROOM_HUNG_UP");
            gateway.assertEmpty();
        }
    }
}
