package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCallee;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** A call of the gateway that somebody leads back to it (RFC 3261 section 16.3): a conference would join itself. */
@Tag("dialog")
class OwnLoopTest {
    private static final Room ROOM = Room.of(URI.create("https://meet.example/room42"), "Board room");

    @Test
    void refusesACallToItself() {
        try (TestGateway gateway = new TestGateway()) {
            int port = gateway.address(Transport.UDP).getPort();
            gateway.gateway.call("sip:room42@127.0.0.1:" + port, ROOM, CallOptions.defaults());
            EndReason reason = gateway.events.awaitEnd();
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.REFUSED);
            assertThat(reason.sipStatus()).isEqualTo(482);
            assertThat(gateway.events.lines).doesNotContain("incoming");
            gateway.assertEmpty();
        }
    }

    @Test
    void refusesACallOfItsOwnThatAProxyLeadsBack() throws IOException {
        try (TestGateway gateway = new TestGateway();
                RawPhone proxy = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCallee other = new RawCallee(proxy);
            gateway.gateway.call(RawCallee.uri(proxy, "room42"), ROOM, CallOptions.defaults());
            RawMessage invite = proxy.awaitRequest("INVITE");
            other.answer(invite, 100, "Trying");
            proxy.send(ledBack(invite, proxy));
            RawMessage refusal = proxy.awaitStatus(482);
            assertThat(refusal.cseq()).isEqualTo("1 INVITE");
            assertThat(gateway.gateway.calls()).as("the call that began it").hasSize(1);
            other.answer(invite, 482, "Loop Detected");
            assertThat(gateway.events.awaitEnd().sipStatus()).isEqualTo(482);
            assertThat(gateway.events.lines).doesNotContain("incoming");
            gateway.assertEmpty();
        }
    }

    private static String ledBack(RawMessage invite, RawPhone proxy) {
        StringBuilder text = new StringBuilder("INVITE sip:room42@" + proxy.gatewayAddress() + " SIP/2.0\r\n")
                .append("Via: SIP/2.0/UDP ")
                .append(proxy.address())
                .append(";rport;branch=z9hG4bKproxy\r\n");
        invite.headers().forEach(header -> text.append(header).append("\r\n"));
        return text.append("\r\n").append(invite.body()).toString();
    }
}
