package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.SignallingTransport;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.NatPolicy;

@Tag("turn")
class NatKeysTest {

    @Test
    void nothingSaidIsNoTraversal() {
        assertThat(NatKeys.policy(new Section("nat", Map.of()))).isEqualTo(NatPolicy.none());
    }

    @Test
    void aTurnServerIsReadWithItsTransportAndUser() {
        NatPolicy policy = NatKeys.policy(new Section(
                "nat",
                Map.of(
                        "type",
                        "turn",
                        "server",
                        "turn:turn.example?transport=tcp",
                        "user",
                        "u",
                        "password",
                        "secret")));
        assertThat(policy.traversal()).isEqualTo(NatTraversal.TURN);
        assertThat(policy.server().orElseThrow().transport()).isEqualTo(SignallingTransport.TCP);
        assertThat(policy.server().orElseThrow().port()).isEqualTo(3478);
        assertThat(policy.toString()).doesNotContain("secret");
    }

    @Test
    void aPublicAddressIsALiteral() {
        NatPolicy policy = NatKeys.policy(new Section("nat", Map.of("publicAddress", "203.0.113.7")));
        assertThat(policy.publicAddress().orElseThrow().getHostAddress()).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @CsvSource({
        "turn, stun:stun.example, nat.server",
        "turn, '', nat.server",
        "stun, turn:turn.example?transport=tcp, nat.server",
        "ice, http://turn.example, nat.server",
        "everything, '', nat.type"
    })
    void whatCannotWorkIsRefusedByItsKey(String type, String server, String key) {
        assertThatThrownBy(() -> NatKeys.policy(new Section("nat", Map.of("type", type, "server", server))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void aSecretInABrokenAddressIsNotRepeated() {
        assertThatThrownBy(() -> NatKeys.policy(
                        new Section("nat", Map.of("type", "turn", "server", "turm:user:secret@turn.example"))))
                .hasMessageContaining("nat.server")
                .hasMessageNotContaining("secret");
    }
}
