package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.DigestAccess;
import org.sipmgw.admission.DigestUser;
import org.sipmgw.fakes.TestGateway;

/** SIPp calls a gateway that asks for a password: its digest is not ours. */
@Tag("dialog")
class PasswordSippIT {
    /** Of {@code alice:gw.example:se:cret}: SIPp knows MD5 only and looks at the first challenge only, so no other is made. */
    private static final DigestUser ALICE = new DigestUser(
            "alice", Optional.empty(), Optional.of("b884a0e811118b780e6046ea1859c56c"), Optional.empty());

    private static final DigestAccess ACCESS = new DigestAccess("gw.example", List.of(ALICE), List.of());

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "password, alice, se:cret, true",
        "password-stale, alice, se:cret, true",
        "password-wrong, alice, guess, false",
        "password-wrong, mallory, se:cret, false"
    })
    void letsInWhoKnowsIt(String scenario, String user, String password, boolean letIn) throws Exception {
        AdmissionRules rules = AdmissionRules.defaults().withDigest(ACCESS);
        try (TestGateway gateway = TestGateway.admitting(rules, GatewayConfig.defaults())) {
            String target = "127.0.0.1:" + gateway.address(Transport.UDP).getPort();
            // SIPp leaves the user out of the URI that it signs, unless it is told
            String[] options = {"-s", "room42", "-m", "1", "-au", user, "-ap", password, "-auth_uri", "room42@" + target
            };
            new Sipp(directory).run(scenario, target, 20, options);
            gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
            assertThat(gateway.events.lines.contains("incoming")).isEqualTo(letIn);
            gateway.assertEmpty();
        }
    }
}
