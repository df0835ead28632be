package org.sipmgw.internal.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.Credentials;

/** Challenges of any kind are answered or not; nothing else happens, and no line breaks come out. */
@Tag("fuzz")
@Tag("registrar")
class DigestFuzzTest {

    private static final String CHALLENGE =
            "Digest realm=\"a \\\"b\\\" c\", nonce=\"n0nce==\", opaque=\"o\", stale=false,"
                    + " algorithm=SHA-256, qop=\"auth,auth-int\", domain=\"sip:a sip:b\"";

    @FuzzTest(maxDuration = "10m")
    void answersOrPassesOver(byte[] bytes) {
        check(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void brokenChallengesAreAnsweredOrPassedOver() {
        for (long seed = 1; seed <= 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder(CHALLENGE);
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, (char) (random.nextInt(95) + 32));
            }
            check(text.toString());
        }
    }

    private static void check(String challenge) {
        DigestClient client = new DigestClient(new Credentials("u", "p"), () -> "c");
        if (client.challenged(List.of(challenge)) == DigestClient.Outcome.ANSWER) {
            assertThat(client.authorizations(DigestRequest.of("REGISTER", "sip:x")))
                    .as(challenge)
                    .isNotEmpty()
                    .allMatch(header -> header.startsWith("Digest username=\"u\""));
        }
    }
}
