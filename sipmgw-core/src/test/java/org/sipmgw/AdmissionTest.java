package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.FakeEngine;
import org.sipmgw.fakes.FakeJoiner;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;

@Tag("call")
class AdmissionTest {

    @Test
    void sendsTheCallAfterTheLastAway() throws IOException {
        try (TestGateway gateway = new TestGateway(GatewayConfig.defaults().withMaxCalls(1));
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall first = new RawCall(phone, "room1");
            first.establish();
            RawCall second = new RawCall(phone, "room2");
            RawMessage refusal = second.establish();
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.header("Retry-After")).hasValue("10");
            assertThat(gateway.events.awaitEnd().cause()).isEqualTo(EndReason.Cause.BUSY);
            first.ask("BYE", "");
            gateway.events.await("ended ROOM_HUNG_UP");
            assertThat(new RawCall(phone, "room3").establish().status()).isEqualTo(200);
        }
    }

    @Test
    void saysWhatIsMissingInItsConfiguration() {
        assertThatThrownBy(() -> Gateway.builder().build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("listen");
        assertThatThrownBy(() -> Gateway.builder()
                        .listen(ListeningPoint.udp("localhost", 0))
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("localhost");
        Gateway.Builder listening = Gateway.builder().listen(ListeningPoint.udp("127.0.0.1", 0));
        assertThatThrownBy(listening::build).hasMessageContaining("mediaEngine");
        listening.mediaEngine(new FakeEngine());
        assertThatThrownBy(listening::build).hasMessageContaining("joiner");
        listening.joiner(new FakeJoiner());
        assertThatThrownBy(listening::build).hasMessageContaining("rooms");
    }

    @Test
    void namesTheAddressThatCannotBeBound() {
        try (TestGateway first = new TestGateway()) {
            int port = first.address(Transport.UDP).getPort();
            try (Gateway second = Gateway.builder()
                    .listen(ListeningPoint.udp("127.0.0.1", port))
                    .mediaEngine(new FakeEngine())
                    .joiner(new FakeJoiner())
                    .rooms(request -> java.util.Optional.empty())
                    .build()) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(DeviceException.class)
                        .hasMessageContaining("127.0.0.1:" + port);
                assertThat(second.listeningPoints()).isEmpty();
            }
        }
    }
}
