package org.sipmgw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.account.Credentials;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCallee;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** The called side or a proxy asks who we are (RFC 3261 section 22). */
@Tag("dialog")
class OutgoingDigestTest {
    private static TestGateway gateway;

    @BeforeAll
    static void openGateway() {
        gateway = new TestGateway();
    }

    @AfterAll
    static void closeGateway() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.events.clear();
    }

    private static final Room ROOM = Room.of(URI.create("https://meet.example/room42"), "Board room");

    private static Call call(RawPhone phone, CallOptions options) {
        return gateway.gateway.call(RawCallee.uri(phone, "room1"), ROOM, options);
    }

    @ParameterizedTest
    @CsvSource({
        "401,WWW-Authenticate,Authorization,MD5,MD5",
        "407,Proxy-Authenticate,Proxy-Authorization,SHA-256,SHA-256"
    })
    void answersAChallengeWithTheNextInvite(int status, String challenge, String answer, String algorithm, String hash)
            throws Exception {
        try (RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCallee callee = new RawCallee(phone);
            call(phone, CallOptions.defaults().withCredentials(new Credentials("alice", "se:cret")));
            RawMessage invite = phone.awaitRequest("INVITE");
            assertThat(invite.header(answer)).isEmpty();
            callee.answer(
                    invite,
                    status,
                    "Who are you",
                    "",
                    challenge + ": Digest realm=\"example.org\", nonce=\"abc\", qop=\"auth\", algorithm=" + algorithm);
            phone.awaitRequest("ACK");
            RawMessage again = phone.awaitRequest("INVITE");
            assertThat(again.cseq()).isEqualTo("2 INVITE");
            assertThat(again.header("Via")).isNotEqualTo(invite.header("Via"));
            String said = again.header(answer).orElseThrow();
            String uri = invite.startLine().split(" ")[1];
            assertThat(value(said, "username")).isEqualTo("alice");
            assertThat(value(said, "uri")).isEqualTo(uri);
            String expected = hex(
                    hash,
                    hex(hash, "alice:example.org:se:cret") + ":abc:" + value(said, "nc") + ":" + value(said, "cnonce")
                            + ":auth:" + hex(hash, "INVITE:" + uri));
            assertThat(value(said, "response")).isEqualTo(expected);
            callee.take(again);
            gateway.events.await("state CONNECTED");
        }
    }

    @Test
    void answersChallengesInTheDialogToo() throws IOException {
        try (RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCallee callee = new RawCallee(phone);
            Call call = call(phone, CallOptions.defaults().withCredentials(new Credentials("alice", "secret")));
            callee.take(phone.awaitRequest("INVITE"));
            gateway.events.await("state CONNECTED");
            call.hangUp();
            RawMessage bye = phone.awaitRequest("BYE");
            callee.answer(bye, 407, "Proxy Auth", "", "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            RawMessage again = phone.awaitRequest("BYE");
            assertThat(again.cseq()).isEqualTo("3 BYE");
            assertThat(value(again.header("Proxy-Authorization").orElseThrow(), "username"))
                    .isEqualTo("alice");
            callee.answer(again, 200, "OK");
            assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
        }
    }

    @Test
    void doesNotTryAWrongPasswordForEver() throws IOException {
        try (RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCallee callee = new RawCallee(phone);
            call(phone, CallOptions.defaults().withCredentials(new Credentials("alice", "wrong")));
            for (int i = 0; i < 2; i++) {
                RawMessage invite = phone.awaitRequest("INVITE");
                callee.answer(
                        invite, 401, "Unauthorized", "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n" + i + "\"");
            }
            EndReason reason = gateway.events.awaitEnd();
            assertThat(reason)
                    .isEqualTo(new EndReason(Cause.REFUSED, 401, "401 Unauthorized (user or password is wrong)"));
        }
    }

    @Test
    void saysThatCredentialsAreMissing() throws IOException {
        try (RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            call(phone, CallOptions.defaults());
            RawMessage invite = phone.awaitRequest("INVITE");
            new RawCallee(phone)
                    .answer(invite, 407, "Proxy Auth", "", "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            assertThat(gateway.events.awaitEnd().detail()).endsWith("(no credentials are given)");
        }
    }

    private static String value(String header, String name) {
        Matcher found = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(header);
        assertThat(found.find()).as(name + " in " + header).isTrue();
        return found.group(1);
    }

    private static String hex(String hash, String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(text.getBytes(UTF_8)));
    }
}
