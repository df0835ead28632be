package org.sipmgw.internal.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.account.Credentials;
import org.sipmgw.internal.sip.auth.DigestClient.Outcome;

@Tag("registrar")
class DigestClientTest {

    private static final DigestRequest REGISTER = DigestRequest.of("REGISTER", "sip:example.org");

    private static DigestClient client(String user, String password, String cnonce) {
        return new DigestClient(new Credentials(user, password), () -> cnonce);
    }

    private static String answer(DigestClient client, String challenge, DigestRequest request) {
        assertThat(client.challenged(List.of(challenge))).isEqualTo(Outcome.ANSWER);
        return client.authorizations(request).get(0);
    }

    @Test
    void answersTheExampleOfRfc2617() {
        String header = answer(
                client("Mufasa", "Circle Of Life", "0a4f113b"),
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", "
                        + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                DigestRequest.of("GET", "/dir/index.html"));

        assertThat(header)
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
                .contains("qop=auth, nc=00000001");
    }

    @Test
    void answersTheExamplesOfRfc7616WithTheStrongerHash() {
        String rest = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
                + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        DigestRequest get = DigestRequest.of("GET", "/dir/index.html");
        String cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

        DigestClient both = client("Mufasa", "Circle of Life", cnonce);
        both.challenged(List.of("Digest " + rest + ", algorithm=MD5", "Digest " + rest + ", algorithm=SHA-256"));

        assertThat(both.authorizations(get))
                .singleElement()
                .asString()
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"")
                .contains("algorithm=SHA-256,");
        assertThat(answer(client("Mufasa", "Circle of Life", cnonce), "Digest " + rest, get))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"");
    }

    @Test
    void hashesWithSha512AsAnotherProgramDoes() {
        String header = answer(
                client("J\u00e4s\u00f8n Doe", "Secret, or not?", "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm"),
                "digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, "
                        + "nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\"",
                DigestRequest.of("GET", "/doe.json"));

        assertThat(header).contains("response=\"7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c\"");
    }

    @Test
    void theBodyIsProtectedWhereOnlyThatIsOffered() {
        String challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"";
        DigestRequest one = new DigestRequest("INVITE", "sip:a", "v=0".getBytes(StandardCharsets.UTF_8));
        DigestRequest other = new DigestRequest("INVITE", "sip:a", "v=1".getBytes(StandardCharsets.UTF_8));

        String first = answer(client("u", "p", "c"), challenge, one);

        assertThat(first).contains("qop=auth-int").isNotEqualTo(answer(client("u", "p", "c"), challenge, other));
        // echo -n MD5(MD5(u:r:p):n:00000001:c:auth-int:MD5(INVITE:sip:a:MD5(v=0)))
        assertThat(first).contains("response=\"f30653797da9bc011b8bfc0d6b245223\"");
    }

    @Test
    void aNonceIsUsedAgainAndCounted() {
        DigestClient client = client("u", "p", "c");
        answer(client, "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"", REGISTER);
        client.accepted();

        assertThat(client.authorizations(REGISTER).get(0)).contains("nc=00000002");
    }

    @Test
    void aChallengeToFreshCredentialsMeansThatTheyAreWrong() {
        DigestClient client = client("u", "p", "c");
        answer(client, "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"", REGISTER);

        assertThat(client.challenged(List.of("Digest realm=\"r\", nonce=\"2\", qop=\"auth\"")))
                .isEqualTo(Outcome.REFUSED);
        assertThat(client.authorizations(REGISTER)).isEmpty();
    }

    @Test
    void anAgedNonceIsReplacedWhetherMarkedStaleOrNot() {
        DigestClient client = client("u", "p", "c");
        answer(client, "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"", REGISTER);
        client.accepted();
        client.authorizations(REGISTER);

        assertThat(client.challenged(List.of("Digest realm=\"r\", nonce=\"2\", qop=\"auth\"")))
                .isEqualTo(Outcome.ANSWER);
        client.authorizations(REGISTER);
        assertThat(client.challenged(List.of("Digest realm=\"r\", nonce=\"3\", qop=\"auth\", stale=TRUE")))
                .isEqualTo(Outcome.ANSWER);
    }

    @Test
    void aServerThatFindsEveryNonceStaleIsGivenUp() {
        DigestClient client = client("u", "p", "c");
        Outcome outcome = Outcome.ANSWER;
        int rounds = 0;
        while (outcome == Outcome.ANSWER && rounds < 20) {
            outcome = client.challenged(List.of("Digest realm=\"r\", nonce=\"" + rounds + "\", stale=true"));
            client.authorizations(REGISTER);
            rounds++;
        }
        assertThat(rounds).isLessThan(6);
        assertThat(outcome).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void everyRealmOfForkedProxiesIsAnswered() {
        DigestClient client = client("u", "p", "c");
        client.challenged(List.of("Digest realm=\"a\", nonce=\"1\"", "Digest realm=\"b\", nonce=\"2\""));

        assertThat(client.authorizations(REGISTER)).hasSize(2).allMatch(header -> !header.contains("qop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic realm=\"r\"",
                "Digest",
                "Digest realm=\"r\"",
                "Digest nonce=\"n\"",
                "Digest realm=\"r\", nonce=\"n\", algorithm=ROT13",
                "Digest realm=\"r\", nonce=\"n\", qop=\"token\"",
                "Digest realm=\"r, nonce=\"n\\"
            })
    void whatCannotBeAnsweredIsNot(String challenge) {
        assertThat(client("u", "p", "c").challenged(List.of(challenge))).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void quotesInNamesAreProtected() {
        String header = answer(client("u\"x", "p", "c"), "Digest realm=\"r\\\"s\", nonce=\"n\"", REGISTER);

        assertThat(header)
                .contains("username=\"u\\\"x\"")
                .contains("realm=\"r\\\"s\"")
                .doesNotContain("p\"");
    }
}
