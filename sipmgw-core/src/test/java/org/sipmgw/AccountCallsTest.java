package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.Account;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawCallee;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.SrtpSuite;

/** What an account's line says is what the room system gets: whole calls through the SIP stack, with media left out. */
@Tag("registrar")
class AccountCallsTest {
    private static final String OFFER = """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 40000 RTP/%s 96 0 101
            a=rtpmap:96 opus/48000/2
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=rtcp-mux
            m=video 40002 RTP/%s 97
            a=rtpmap:97 H264/90000
            a=fmtp:97 profile-level-id=42e01f;packetization-mode=1
            a=rtcp-mux
            """.replace("\n", "\r\n");
    private static final String CRYPTO =
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";
    private static final String PLAIN = OFFER.formatted("AVP", "AVP");

    private static TestGateway gateway;
    private RawPhone phone;

    private static Account account(String user) {
        String wishes = switch (user) {
            case "codecs" -> "audio_codecs=PCMU;video_codecs=h264";
            case "packets" -> "ptime=40;rtcp_mux=no";
            case "secret" -> "mediaenc=srtp-mand";
            case "natted" -> "medianat=stun;stunserver=stun:192.0.2.1;mediaenc=srtp";
            case "manual" -> "answermode=manual";
            case "slow" -> "answerdelay=600";
            case "early" -> "answermode=early";
            case "keys" -> "dtmfmode=info";
            default -> "call_transfer=no";
        };
        return Account.parse("<sip:" + user + "@example.org>;regint=0;" + wishes);
    }

    @BeforeAll
    static void openGateway() {
        gateway = TestGateway.with(builder -> Stream.of(
                        "codecs", "packets", "secret", "natted", "manual", "slow", "early", "keys", "settled")
                .map(AccountCallsTest::account)
                .forEach(builder::account));
        MediaCapabilities plain = gateway.engine.capabilities;
        gateway.engine.capabilities =
                new MediaCapabilities(plain.audio(), plain.video(), plain.receiveLimits(), Set.of(SrtpSuite.values()));
    }

    @AfterAll
    static void closeGateway() {
        gateway.close();
    }

    @BeforeEach
    void open() throws IOException {
        gateway.events.clear();
        phone = RawPhone.udp(gateway.address(Transport.UDP));
    }

    @AfterEach
    void nothingIsLeft() {
        gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
    }

    private RawMessage answered(RawCall call, String offer) {
        RawMessage answer = call.invite(offer);
        assertThat(answer.status()).isEqualTo(200);
        call.ack("");
        gateway.events.await("state CONNECTED");
        return answer;
    }

    private static void hangUp(RawCall call) {
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
    }

    private static NegotiatedStream sound() {
        return gateway.engine.last().streams().get(0);
    }

    @Test
    void codecsAreThoseOfTheAccount() {
        RawCall call = new RawCall(phone, "codecs");
        RawMessage answer = answered(call, PLAIN);
        assertThat(answer.body()).contains("RTP/AVP 0 101").doesNotContain("opus");
        assertThat(sound().codec().is("PCMU")).isTrue();
        hangUp(call);
        RawCall other = new RawCall(phone, "keys");
        assertThat(answered(other, PLAIN).body()).as("another account").contains("opus/48000/2");
        hangUp(other);
    }

    @Test
    void packetTimeAndPortsAreThoseOfTheAccount() {
        RawCall call = new RawCall(phone, "packets");
        RawMessage answer = answered(call, PLAIN);
        assertThat(answer.body()).contains("a=ptime:40").doesNotContain("rtcp-mux");
        assertThat(sound().packetTimeMs()).isEqualTo(40);
        assertThat(sound().rtcpMux()).isFalse();
        assertThat(sound().remoteRtcp().getPort()).isEqualTo(40001);
        hangUp(call);
        RawCall wishes = new RawCall(phone, "packets");
        answered(wishes, PLAIN.replace("a=rtpmap:96", "a=ptime:30\r\na=rtpmap:96"));
        assertThat(sound().packetTimeMs()).as("the room's own wish comes first").isEqualTo(30);
        hangUp(wishes);
    }

    @Test
    void encryptionIsThatOfTheAccount() {
        RawCall plain = new RawCall(phone, "secret");
        RawMessage refused = plain.invite(PLAIN);
        plain.ackRefusal(refused);
        assertThat(refused.status()).isEqualTo(488);
        RawCall call = new RawCall(phone, "secret");
        String offer = OFFER.formatted("SAVP", "SAVP").replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\n" + CRYPTO);
        RawMessage answer = answered(call, offer);
        assertThat(answer.body()).contains("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80");
        hangUp(call);
    }

    @Test
    void theWayThroughNatIsThatOfTheAccount() {
        RawCall call = new RawCall(phone, "natted");
        answered(call, PLAIN);
        assertThat(gateway.engine.lastRequest.nat().orElseThrow().traversal()).isEqualTo(NatTraversal.STUN);
        hangUp(call);
        RawCall other = new RawCall(phone, "keys");
        answered(other, PLAIN);
        assertThat(gateway.engine.lastRequest.nat()).isEmpty();
        hangUp(other);
    }

    @Test
    void whoAnswersIsSaidByTheAccount() throws InterruptedException {
        RawCall call = new RawCall(phone, "manual");
        call.sendInvite(PLAIN);
        phone.awaitStatus(180);
        assertThat(phone.silentAbout(m -> m.status() == 200, Duration.ofMillis(500)))
                .isTrue();
        ((IncomingCall) gateway.events.calls.get(0)).accept();
        RawMessage answer = phone.awaitFinal("1 INVITE");
        assertThat(answer.status()).isEqualTo(200);
        call.learn(answer);
        call.ack("");
        hangUp(call);
    }

    @Test
    void itRingsAsLongAsTheAccountSays() throws InterruptedException {
        RawCall call = new RawCall(phone, "slow");
        call.sendInvite(PLAIN);
        phone.awaitStatus(180);
        assertThat(phone.silentAbout(m -> m.status() == 200, Duration.ofMillis(400)))
                .isTrue();
        RawMessage answer = phone.awaitFinal("1 INVITE");
        assertThat(answer.status()).isEqualTo(200);
        call.learn(answer);
        call.ack("");
        hangUp(call);
    }

    @Test
    void theWaitingPictureIsShownEarlyWhereTheAccountSaysSo() {
        RawCall call = new RawCall(phone, "early");
        call.sendInvite(PLAIN);
        assertThat(phone.awaitStatus(183).body()).contains("m=audio");
        ((IncomingCall) gateway.events.calls.get(0)).reject(486, "Busy");
        RawMessage refused = phone.awaitFinal("1 INVITE");
        assertThat(refused.status()).isEqualTo(486);
        call.ackRefusal(refused);
    }

    @Test
    void keysGoTheWayOfTheAccount() {
        RawCall call = new RawCall(phone, "keys");
        answered(call, PLAIN);
        assertThat(sound().telephoneEvent()).as("the room has events").isPresent();
        gateway.gateway.calls().get(0).sendDtmf("5");
        RawMessage info = phone.awaitRequest("INFO");
        call.reply(info, 200);
        assertThat(info.body()).contains("Signal=5");
        assertThat(gateway.engine.last().keys).isEmpty();
        hangUp(call);
    }

    @Test
    void nobodyIsAskedForATransferThatTheAccountDoesNotAllow() {
        RawCall call = new RawCall(phone, "settled");
        answered(call, PLAIN);
        assertThat(call.ask("REFER", "", "Refer-To: <sip:other@192.0.2.9>").status())
                .isEqualTo(603);
        assertThat(gateway.events.lines).noneMatch(line -> line.startsWith("transfer "));
        hangUp(call);
    }

    @Test
    void callsThatWePlaceOfferWhatTheirAccountWants() {
        Room room = Room.of(URI.create("https://meet.example/room42"), "Board room");
        RawCallee callee = new RawCallee(phone);
        for (String user : new String[] {"packets", "codecs", "secret"}) {
            Call call = gateway.gateway.call(
                    RawCallee.uri(phone, "room1"),
                    room,
                    CallOptions.of(account(user)).withRoutes(direct()));
            RawMessage invite = phone.awaitRequest("INVITE");
            assertThat(invite.contactUri()).startsWith("sip:");
            switch (user) {
                case "packets" ->
                    assertThat(invite.body()).contains("a=ptime:40", "opus").doesNotContain("rtcp-mux");
                case "codecs" ->
                    assertThat(invite.body()).contains("PCMU", "rtcp-mux").doesNotContain("opus");
                default -> assertThat(invite.body()).contains("RTP/SAVP ", "a=crypto:");
            }
            callee.answer(invite, 486, "Busy Here");
            assertThat(call.ended().toCompletableFuture().join().sipStatus()).isEqualTo(486);
        }
    }

    private java.util.List<String> direct() {
        return java.util.List.of("sip:" + phone.address());
    }
}
