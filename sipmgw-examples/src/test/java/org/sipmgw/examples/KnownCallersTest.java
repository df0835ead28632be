package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Transport;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** The example of a listener that decides who comes in, in a whole gateway. */
@Tag("dialog")
class KnownCallersTest {
    private static TestGateway gateway;

    @BeforeAll
    static void openGateway() {
        KnownCallers callers = new KnownCallers(Set.of("sip:board@example.org"), "sip:help@example.org");
        gateway = TestGateway.with(builder -> builder.listener(callers));
    }

    @AfterAll
    static void closeGateway() {
        gateway.close();
    }

    private static RawMessage calls(String from) throws IOException {
        try (RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall call = new RawCall(phone, "room42");
            String invite = call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE)
                    .replaceFirst("<sip:room1@[^>]*>;tag", "<" + from + ">;tag");
            phone.send(invite);
            RawMessage answer = phone.awaitFinal("1 INVITE");
            if (answer.status() == 200) {
                call.learn(answer);
                String from200 = "From: " + answer.header("From").orElseThrow();
                phone.send(call.request("ACK", "").replaceFirst("From: .*", from200));
                phone.send(call.request("BYE", "").replaceFirst("From: .*", from200));
                assertThat(phone.awaitFinal("2 BYE").status()).isEqualTo(200);
            } else {
                call.ackRefusal(answer);
            }
            return answer;
        }
    }

    @Test
    void letsInWhoIsKnown() throws IOException {
        assertThat(calls("sip:board@example.org").status()).isEqualTo(200);
    }

    @Test
    void sendsOthersOfTheOwnDomainToTheHelpDesk() throws IOException {
        RawMessage moved = calls("sip:new@example.org");
        assertThat(moved.status()).isEqualTo(302);
        assertThat(moved.contactUri()).isEqualTo("sip:help@example.org");
    }

    @Test
    void declinesStrangers() throws IOException {
        RawMessage refused = calls("sip:somebody@example.com");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Warning").orElseThrow()).contains("not known here");
    }
}
