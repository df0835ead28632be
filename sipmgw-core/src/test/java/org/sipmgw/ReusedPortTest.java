package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** A peer that connects again from the port it had before is answered on its new connection. */
@Tag("dialog")
class ReusedPortTest {
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    private static RawPhone phone(TestGateway gateway, int port) throws IOException {
        return RawPhone.tcpFrom(gateway.address(Transport.TCP), port);
    }

    private static int ask(RawPhone phone) {
        RawCall call = new RawCall(phone, "alive");
        phone.send(call.request("OPTIONS", ""));
        return phone.await("answer to OPTIONS", RawMessage::isResponse, Duration.ofSeconds(2))
                .status();
    }

    @Test
    void answersAfterAConversation() throws IOException {
        int port = freePort();
        try (TestGateway gateway = new TestGateway()) {
            for (int i = 0; i < 30; i++) {
                try (RawPhone phone = phone(gateway, port)) {
                    assertThat(ask(phone)).as("connection " + i).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void answersAfterARequestWhoseAnswerItDidNotAwait() throws IOException {
        int port = freePort();
        try (TestGateway gateway = new TestGateway()) {
            for (int i = 0; i < 30; i++) {
                try (RawPhone phone = phone(gateway, port)) {
                    phone.send(new RawCall(phone, "alive").request("OPTIONS", ""));
                }
                try (RawPhone phone = phone(gateway, port)) {
                    assertThat(ask(phone)).as("connection " + i).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void answersAfterCallsThatTheGatewayCouldNotHangUp() throws IOException {
        int port = freePort();
        try (TestGateway gateway = new TestGateway()) {
            for (int i = 0; i < 2; i++) {
                try (RawPhone phone = phone(gateway, port)) {
                    RawCall call = new RawCall(phone, "room42");
                    assertThat(call.establish().status()).isEqualTo(200);
                }
                gateway.gateway.calls().forEach(Call::hangUp);
                gateway.events.await("ended", lines -> gateway.gateway.calls().isEmpty());
                try (RawPhone phone = phone(gateway, port)) {
                    assertThat(ask(phone)).as("connection " + i).isEqualTo(200);
                }
            }
        }
    }
}
