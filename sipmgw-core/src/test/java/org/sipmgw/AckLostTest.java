package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** RFC 3261 section 13.3.1.4: a 200 is repeated for 64 T1, which are 32 s. */
@Tag("call")
class AckLostTest {

    @Test
    void repeatsTheAnswerAndEndsTheCallWithByeWhenNoAckComes() throws IOException {
        try (TestGateway gateway = new TestGateway();
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall call = new RawCall(phone, "room42");
            RawMessage answer = call.invite(RawCall.offer());
            assertThat(phone.awaitStatus(200).body()).isEqualTo(answer.body());
            RawMessage bye = phone.await("BYE", m -> m.method().equals("BYE"), Duration.ofSeconds(45));
            call.reply(bye, 200);
            assertThat(gateway.events.awaitEnd().cause()).isEqualTo(EndReason.Cause.ROOM_LOST);
            gateway.assertEmpty();
        }
    }
}
