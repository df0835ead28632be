package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.fakes.FaultLadder;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** UDP, TCP, IPv4, IPv6, and what TCP does to messages. */
@Tag("call")
class TransportTest {

    private static TestGateway on(String address) {
        return new TestGateway(GatewayConfig.defaults(), address, new FaultLadder(0));
    }

    private static RawPhone phone(Transport transport, InetSocketAddress gateway) throws IOException {
        return transport == Transport.UDP ? RawPhone.udp(gateway) : RawPhone.tcp(gateway);
    }

    @ParameterizedTest
    @CsvSource({
        "UDP,127.0.0.1,127.0.0.1", "TCP,127.0.0.1,127.0.0.1",
        "UDP,::1,[0:0:0:0:0:0:0:1]", "TCP,::1,[0:0:0:0:0:0:0:1]",
        "UDP,0.0.0.0,127.0.0.1", "TCP,0.0.0.0,127.0.0.1"
    })
    void namesTheAddressThatThePeerReaches(Transport transport, String bound, String seen) throws IOException {
        try (TestGateway gateway = on(bound);
                RawPhone phone = phone(transport, gateway.address(transport))) {
            RawCall call = new RawCall(phone, "room42");
            RawMessage answer = call.establish();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            int port = gateway.address(transport).getPort();
            assertThat(answer.contactUri()).startsWith("sip:" + seen + ":" + port);
            gateway.events.await("state CONNECTED");
            gateway.events.calls.get(0).hangUp();
            RawMessage bye = phone.awaitRequest("BYE");
            call.reply(bye, 200);
            assertThat(bye.header("Via").orElseThrow()).contains(seen + ":" + port);
            gateway.events.awaitEnd();
            gateway.assertEmpty();
        }
    }

    @Test
    void readsLargeMessagesThatComeInPieces() throws Exception {
        try (TestGateway gateway = on("127.0.0.1");
                RawPhone phone = RawPhone.tcp(gateway.address(Transport.TCP))) {
            RawCall call = new RawCall(phone, "room42");
            String padding = "a=x-padding:" + "p".repeat(100) + "\r\n";
            String invite = call.request("INVITE", RawCall.offer() + padding.repeat(50), RawCall.SDP_TYPE);
            assertThat(invite.length()).isBetween(3000, 8000);
            for (int at = 0; at < invite.length(); at += 777) {
                phone.send(invite.substring(at, Math.min(invite.length(), at + 777)));
                Thread.sleep(10);
            }
            call.learn(phone.awaitStatus(200));
            call.ack("");
            assertThat(call.ask("BYE", "").status()).isEqualTo(200);
            gateway.events.awaitEnd();
        }
    }

    @Test
    void answersKeepAlivesAndReadsRequestsThatComeTogether() throws Exception {
        try (TestGateway gateway = on("127.0.0.1");
                RawPhone phone = RawPhone.tcp(gateway.address(Transport.TCP))) {
            RawCall call = new RawCall(phone, "room42");
            call.ask("OPTIONS", "");
            phone.send("\r\n\r\n");
            long deadline = System.nanoTime() + 5_000_000_000L;
            while (!phone.rawTail().equals("\r\n") && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertThat(phone.rawTail()).as("RFC 5626 pong").isEqualTo("\r\n");
            phone.send(call.request("OPTIONS", "") + call.request("OPTIONS", ""));
            phone.awaitFinal("2 OPTIONS");
            phone.awaitFinal("3 OPTIONS");
        }
    }

    @Test
    void takesSuperfluousCarriageReturnsForNothing() throws Exception {
        try (TestGateway gateway = on("127.0.0.1");
                RawPhone phone = RawPhone.tcp(gateway.address(Transport.TCP))) {
            RawCall call = new RawCall(phone, "room42");
            phone.send("\r\r\r\n\r\r\n" + call.request("OPTIONS", ""));
            assertThat(phone.awaitFinal("1 OPTIONS").status()).isEqualTo(200);
            phone.send(call.request("OPTIONS", "").replaceFirst("\r\n\r\n", "\r\n\r\r\r\n"));
            phone.send(call.request("OPTIONS", ""));
            assertThat(phone.awaitFinal("3 OPTIONS").status()).isEqualTo(200);
        }
    }

    @Test
    void saysOverTcpTooWhatIsWrongAndKeepsTheConnectionWhereItCan() throws IOException {
        try (TestGateway gateway = on("127.0.0.1");
                RawPhone phone = RawPhone.tcp(gateway.address(Transport.TCP))) {
            RawCall call = new RawCall(phone, "room42");
            phone.send(call.request("OPTIONS", "").replaceFirst("From: .*\r\n", ""));
            assertThat(phone.awaitStatus(400).startLine()).contains("Missing From header");
            phone.send(call.request("OPTIONS", ""));
            assertThat(phone.awaitFinal("2 OPTIONS").status()).isEqualTo(200);
        }
    }

    @Test
    void answersToTheSourceWhateverTheViaWants() throws IOException {
        try (TestGateway gateway = on("127.0.0.1");
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP));
                RawPhone victim = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall call = new RawCall(phone, "room42");
            for (String via : List.of(";rport;maddr=127.0.0.2;branch", ";rport;branch")) {
                phone.send(call.request("OPTIONS", "")
                        .replace(";rport;branch", via)
                        .replace("Via: SIP/2.0/UDP " + phone.address(), "Via: SIP/2.0/UDP " + victim.address()));
                assertThat(phone.await("answer", m -> m.status() == 200)).isNotNull();
            }
        }
    }
}
