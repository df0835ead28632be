package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** INVITE without an offer: ours in the 200, the answer in the ACK. */
@Tag("call")
class DelayedOfferTest {
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
        gateway.events.awaitEnd();
        gateway.assertEmpty();
        phone.close();
        gateway.close();
    }

    @Test
    void configuresMediaByTheAnswerInTheAck() {
        RawMessage offer = call.invite("");
        assertThat(offer.body()).contains("m=audio 50000", "opus", "PCMU", "m=video 50002", "H264");
        assertThat(gateway.engine.last().configured).isEmpty();
        call.ack(RawCall.offer().replace("RTP/AVP 97", "RTP/AVP 97"));
        gateway.events.await(
                "configured", lines -> gateway.engine.last().configured.size() == 1);
        assertThat(gateway.engine.last().streams()).hasSize(2);
        call.ask("BYE", "");
    }

    @Test
    void endsWhenTheAckBringsNoAnswer() {
        call.invite("");
        call.ack("");
        RawMessage bye = phone.awaitRequest("BYE");
        call.reply(bye, 200);
        assertThat(bye.header("Reason").orElseThrow()).contains("cause=488");
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.NO_COMMON_MEDIA);
    }

    @Test
    void endsWhenTheAnswerCannotBeRead() {
        call.invite("");
        call.ack("v=0\r\nrubbish\r\n");
        call.reply(phone.awaitRequest("BYE"), 200);
        assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.NO_COMMON_MEDIA);
    }
}
