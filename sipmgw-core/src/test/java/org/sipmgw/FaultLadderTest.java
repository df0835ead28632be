package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.fakes.FaultLadder;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** The 1st, 2nd, 3rd … step outside the gateway fails: the call ends by the book and nothing is left. */
@Tag("fault")
class FaultLadderTest {

    /** engine.open, joiner.open, capture, configure, join, then the closing steps. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void leavesNothingWhenAStepFails(int step) throws IOException {
        FaultLadder faults = new FaultLadder(step);
        try (TestGateway gateway = new TestGateway(GatewayConfig.defaults(), "127.0.0.1", faults);
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall call = new RawCall(phone, "room42");
            RawMessage answer = call.establish();
            if (answer.status() == 200) {
                gateway.events.await(
                        "connected or ended",
                        lines -> lines.contains("state CONNECTED") || lines.contains("state ENDING"));
                if (gateway.events.lines.contains("state ENDING")) {
                    call.reply(phone.awaitRequest("BYE"), 200);
                } else {
                    call.ask("BYE", "");
                }
            } else {
                assertThat(answer.status()).isBetween(400, 599);
                assertThat(answer.header("Reason")).as("why, for people").isPresent();
            }
            EndReason reason = gateway.events.awaitEnd();
            assertThat(reason.detail()).isNotBlank();
            gateway.assertEmpty();
            assertThat(faults.failed()).as("the step that failed").isNotNull();

            RawCall next = new RawCall(phone, "room43");
            assertThat(next.establish().status()).as("the next call").isEqualTo(200);
            gateway.events.await("state CONNECTED");
            assertThat(next.ask("BYE", "").status()).isEqualTo(200);
            gateway.events.await("both ended", lines -> gateway.events.ends.size() == 2);
            assertThat(phone.silentAbout(m -> m.method().equals("BYE"), Duration.ofMillis(1)))
                    .isTrue();
            gateway.assertEmpty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
