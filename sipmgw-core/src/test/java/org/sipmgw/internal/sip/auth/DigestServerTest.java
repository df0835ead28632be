package org.sipmgw.internal.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.Credentials;
import org.sipmgw.admission.DigestAccess;
import org.sipmgw.admission.DigestUser;
import org.sipmgw.internal.sip.auth.DigestServer.Result;

@Tag("dialog")
class DigestServerTest {
    private static final DigestRequest INVITE = DigestRequest.of("INVITE", "sip:room@gw.example");
    private static final long NOW_MS = 1_700_000_000_000L;

    private static DigestServer server(DigestUser... users) {
        return new DigestServer(new DigestAccess("gw.example", List.of(users), List.of()));
    }

    private static List<String> answered(DigestServer server, String user, String password) {
        DigestClient client = new DigestClient(new Credentials(user, password));
        client.challenged(server.challenges(false, NOW_MS));
        return client.authorizations(INVITE);
    }

    @Test
    void takesPasswordsAndHashesOfThem() {
        String md5 = DigestAlgorithm.MD5.hex("bob:gw.example:pw");
        String sha256 = DigestAlgorithm.SHA_256.hex("carol:gw.example:pw");
        DigestServer server = server(
                DigestUser.of("alice", "pw"),
                new DigestUser("carol", Optional.empty(), Optional.empty(), Optional.of(sha256)));
        assertThat(server.check(answered(server, "alice", "pw"), INVITE, "t", NOW_MS))
                .isEqualTo(Result.GRANTED);
        assertThat(server.check(answered(server, "carol", "pw"), INVITE, "t", NOW_MS))
                .isEqualTo(Result.GRANTED);
        DigestServer old = server(new DigestUser("bob", Optional.empty(), Optional.of(md5), Optional.empty()));
        assertThat(old.challenges(false, NOW_MS)).singleElement().asString().contains("algorithm=MD5");
        assertThat(old.check(answered(old, "bob", "pw"), INVITE, "t", NOW_MS)).isEqualTo(Result.GRANTED);
    }

    @Test
    void refusesOtherPasswordsUsersAndRequests() {
        DigestServer server = server(DigestUser.of("alice", "pw"));
        assertThat(server.check(answered(server, "alice", "px"), INVITE, "t", NOW_MS))
                .isEqualTo(Result.WRONG);
        assertThat(server.check(answered(server, "bob", "pw"), INVITE, "t", NOW_MS))
                .isEqualTo(Result.WRONG);
        DigestRequest other = DigestRequest.of("INVITE", "sip:secret@gw.example");
        assertThat(server.check(answered(server, "alice", "pw"), other, "t", NOW_MS))
                .isEqualTo(Result.WRONG);
        assertThat(server.check(List.of("Basic YTpi"), INVITE, "t", NOW_MS)).isEqualTo(Result.MISSING);
        assertThat(server.check(List.of("Digest realm=\"else\""), INVITE, "t", NOW_MS))
                .isEqualTo(Result.MISSING);
    }

    @Test
    void takesANonceOnceAndForAMinuteAndNoneButItsOwn() {
        DigestServer server = server(DigestUser.of("alice", "pw"));
        List<String> answer = answered(server, "alice", "pw");
        assertThat(server.check(answer, INVITE, "t", NOW_MS + 59_000)).isEqualTo(Result.GRANTED);
        assertThat(server.check(answer, INVITE, "t", NOW_MS + 59_001))
                .as("it comes again")
                .isEqualTo(Result.GRANTED);
        assertThat(server.check(answer, INVITE, "u", NOW_MS + 59_001))
                .as("a thief")
                .isEqualTo(Result.STALE);
        List<String> late = answered(server, "alice", "pw");
        assertThat(server.check(late, INVITE, "t", NOW_MS + 61_000)).isEqualTo(Result.STALE);
        DigestServer restarted = server(DigestUser.of("alice", "pw"));
        assertThat(restarted.check(answered(server, "alice", "pw"), INVITE, "t", NOW_MS))
                .isEqualTo(Result.STALE);
        assertThat(server.check(List.of(answer.get(0).replaceAll("nonce=\"[^\"]*", "nonce=\"!")), INVITE, "t", NOW_MS))
                .isEqualTo(Result.STALE);
    }
}
