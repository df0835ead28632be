package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.account.Account;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCallee;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** The gateway calls a room system (RFC 3261 section 13.2), which answers as real ones and proxies before them do. */
@Tag("dialog")
class OutgoingCallTest {
    private static final Room ROOM = Room.of(URI.create("https://meet.example/room42"), "Board room");
    private static TestGateway gateway;
    private RawPhone phone;
    private RawCallee callee;

    @BeforeAll
    static void openGateway() {
        gateway = new TestGateway(GatewayConfig.defaults().withMaxCalls(1));
    }

    @AfterAll
    static void closeGateway() {
        gateway.close();
    }

    @BeforeEach
    void open() throws IOException {
        gateway.events.clear();
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        callee = new RawCallee(phone);
    }

    @AfterEach
    void close() {
        for (Call call : gateway.gateway.calls()) {
            CompletableFuture<EndReason> ended = call.hangUp().toCompletableFuture();
            if (call.answerTime().isPresent()) {
                callee.answer(phone.awaitRequest("BYE"), 200, "OK");
            }
            ended.join();
        }
        phone.close();
    }

    private Call call() {
        return call(CallOptions.defaults());
    }

    private Call call(CallOptions options) {
        return gateway.gateway.call(RawCallee.uri(phone, "room1"), ROOM, options);
    }

    private EndReason end() {
        EndReason reason = gateway.events.awaitEnd();
        gateway.assertEmpty();
        return reason;
    }

    @Test
    void joinsTheRoomWhenItIsAnsweredAndHangsUp() {
        Call call = call(CallOptions.defaults().withFrom("sip:gateway@example.org", "Web\"conference\""));
        RawMessage invite = phone.awaitRequest("INVITE");
        assertThat(invite.startLine()).isEqualTo("INVITE sip:room1@" + phone.address() + " SIP/2.0");
        assertThat(invite.header("From").orElseThrow()).startsWith("\"Web conference\" <sip:gateway@example.org>;tag=");
        assertThat(invite.contactUri()).isEqualTo("sip:" + phone.gatewayAddress() + ";transport=udp");
        assertThat(invite.body()).contains("m=audio ", "opus/48000", "m=video ");
        assertThat(call.outgoing()).isTrue();
        assertThat(call.state()).isEqualTo(CallState.RINGING);
        assertThat(gateway.engine.last().captured)
                .as("nothing is sent while it rings")
                .isEmpty();
        callee.answer(invite, 180, "Ringing");
        // over UDP the 200 may overtake it
        gateway.events.await("progress 180 false");
        RawMessage ack = callee.take(invite);
        assertThat(ack.startLine()).startsWith("ACK sip:callee@" + phone.address());
        assertThat(ack.cseq()).isEqualTo("1 ACK");
        gateway.events.await("state CONNECTED");
        assertThat(gateway.engine.last().streams()).hasSize(2);
        assertThat(gateway.engine.last().captured).hasSize(1);
        assertThat(gateway.events.lines).doesNotContain("incoming");
        call.hangUp();
        RawMessage bye = phone.awaitRequest("BYE");
        assertThat(bye.cseq()).isEqualTo("2 BYE");
        callee.answer(bye, 200, "OK");
        assertThat(end().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    @Test
    void endsWhenTheCalledSideHangsUp() {
        call();
        RawMessage invite = phone.awaitRequest("INVITE");
        RawMessage ack = callee.take(invite);
        gateway.events.await("state CONNECTED");
        phone.send("BYE " + invite.contactUri() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + phone.address()
                + ";branch=z9hG4bKbye\r\nMax-Forwards: 70\r\nFrom: "
                + ack.header("To").orElseThrow() + "\r\nTo: "
                + ack.header("From").orElseThrow() + "\r\nCall-ID: "
                + ack.header("Call-ID").orElseThrow() + "\r\nCSeq: 9 BYE\r\nContent-Length: 0\r\n\r\n");
        assertThat(phone.awaitFinal("9 BYE").status()).isEqualTo(200);
        assertThat(end().cause()).isEqualTo(Cause.ROOM_HUNG_UP);
    }

    @ParameterizedTest
    @CsvSource({"486,Busy Here", "404,Not Found", "603,Decline", "500,Server Internal Error", "488,Not Acceptable Here"
    })
    void saysHowItWasRefused(int status, String reason) {
        call();
        RawMessage invite = phone.awaitRequest("INVITE");
        callee.answer(invite, status, reason, "", "Reason: Q.850;cause=17;text=\"In a meeting\"");
        assertThat(phone.awaitRequest("ACK").cseq()).isEqualTo("1 ACK");
        assertThat(end()).isEqualTo(new EndReason(Cause.REFUSED, status, status + " " + reason + " (In a meeting)"));
    }

    /** Datagrams that cross may be taken for each other's: a device repeats its 200 until somebody cares (RFC 3261 13.3.1.4). */
    private RawMessage onceTheAnswerHasCome(RawCallee device, RawMessage invite, String method) {
        device.answer(invite, 200, "OK", RawCallee.sdp());
        for (int i = 0; i < 4; i++) {
            try {
                return phone.await(method, m -> !m.isResponse() && m.method().equals(method), Duration.ofSeconds(2));
            } catch (AssertionError none) {
                device.answer(invite, 200, "OK", RawCallee.sdp());
            }
        }
        return phone.awaitRequest(method);
    }

    @Test
    void takesTheFirstOfTwoDevicesThatAnswerAndHangsUpOnTheOther() {
        Call call = call();
        RawMessage invite = phone.awaitRequest("INVITE");
        RawCallee second = new RawCallee(phone, "second");
        callee.answer(invite, 180, "Ringing");
        second.answer(invite, 180, "Ringing");
        RawMessage first = onceTheAnswerHasCome(second, invite, "ACK");
        assertThat(first.tag("To")).contains("second");
        RawMessage bye = onceTheAnswerHasCome(callee, invite, "BYE");
        assertThat(bye.tag("To")).isNotEqualTo(first.tag("To"));
        assertThat(bye.header("Reason").orElseThrow()).contains("Call completed elsewhere");
        callee.answer(bye, 200, "OK");
        gateway.events.await("state CONNECTED");
        call.hangUp();
        RawMessage last = phone.awaitRequest("BYE");
        assertThat(last.tag("To")).contains("second");
        second.answer(last, 200, "OK");
        assertThat(end().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    @Test
    void acknowledgesAgainWhenTheAnswerComesAgain() throws InterruptedException {
        call();
        RawMessage invite = phone.awaitRequest("INVITE");
        callee.take(invite);
        callee.answer(invite, 200, "OK", RawCallee.sdp());
        assertThat(phone.awaitRequest("ACK").cseq()).isEqualTo("1 ACK");
        assertThat(phone.silentAbout(m -> !m.isResponse() && m.method().equals("BYE"), Duration.ofMillis(300)))
                .isTrue();
    }

    @Test
    void followsRedirectionsInTheirOrderOfPreference() throws IOException {
        try (RawPhone better = RawPhone.udp(gateway.address(Transport.UDP))) {
            call();
            RawMessage invite = phone.awaitRequest("INVITE");
            String contacts = "<mailto:x@example.org>, <" + RawCallee.uri(phone, "worse") + ">;q=0.2, <"
                    + RawCallee.uri(better, "best") + ">;q=0.9";
            callee.answer(invite, 302, "Moved Temporarily", "", "Contact: " + contacts);
            RawMessage moved = better.awaitRequest("INVITE");
            assertThat(moved.startLine()).startsWith("INVITE sip:best@");
            assertThat(moved.cseq()).isEqualTo("2 INVITE");
            assertThat(moved.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
            new RawCallee(better).answer(moved, 480, "Temporarily Unavailable");
            RawMessage next = phone.await("INVITE to worse", m -> m.startLine().startsWith("INVITE sip:worse@"));
            callee.take(next);
            gateway.events.await("state CONNECTED");
            assertThat(gateway.gateway.calls()).hasSize(1);
        }
    }

    @Test
    void doesNotFollowRedirectionsInACircle() {
        call();
        int invites = 0;
        RawMessage last;
        do {
            last = phone.await("INVITE or its end", m -> m.startLine().startsWith("INVITE") || invitesAreOver());
            if (!invitesAreOver()) {
                invites++;
                String same = last.startLine().contains("room1") ? "room2" : "room1";
                callee.answer(last, 302, "Moved", "", "Contact: <" + RawCallee.uri(phone, same) + ">");
            }
        } while (invites < 2);
        assertThat(end().sipStatus()).isEqualTo(302);
    }

    private boolean invitesAreOver() {
        return !gateway.events.ends.isEmpty();
    }

    @Test
    void cancelsWhileItRings() {
        Call call = call();
        RawMessage invite = phone.awaitRequest("INVITE");
        callee.answer(invite, 180, "Ringing");
        gateway.events.await("progress 180 false");
        call.hangUp();
        RawMessage cancel = phone.awaitRequest("CANCEL");
        assertThat(cancel.cseq()).isEqualTo("1 CANCEL");
        assertThat(cancel.header("Via")).isEqualTo(invite.header("Via"));
        callee.answer(cancel, 200, "OK");
        callee.answer(invite, 487, "Request Terminated");
        assertThat(phone.awaitRequest("ACK").cseq()).isEqualTo("1 ACK");
        assertThat(end().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
    }

    @Test
    void waitsWithItsCancelForAProvisionalAnswer() throws InterruptedException {
        Call call = call();
        RawMessage invite = phone.awaitRequest("INVITE");
        call.hangUp();
        gateway.events.awaitEnd();
        assertThat(phone.silentAbout(m -> m.startLine().startsWith("CANCEL"), Duration.ofMillis(300)))
                .isTrue();
        callee.answer(invite, 100, "Trying");
        RawMessage cancel = phone.awaitRequest("CANCEL");
        callee.answer(cancel, 200, "OK");
        callee.answer(invite, 487, "Request Terminated");
        phone.awaitRequest("ACK");
    }

    @Test
    void endsACallThatIsAnsweredWhileItsCancelIsOnTheWay() {
        Call call = call();
        RawMessage invite = phone.awaitRequest("INVITE");
        callee.answer(invite, 180, "Ringing");
        gateway.events.await("progress 180 false");
        call.hangUp();
        RawMessage cancel = phone.awaitRequest("CANCEL");
        callee.answer(invite, 200, "OK", RawCallee.sdp());
        callee.answer(cancel, 481, "Call/Transaction Does Not Exist");
        phone.awaitRequest("ACK");
        callee.answer(phone.awaitRequest("BYE"), 200, "OK");
        assertThat(end().cause()).isEqualTo(Cause.LOCAL_HANG_UP);
        assertThat(gateway.events.lines).doesNotContain("state JOINING");
    }

    @Test
    void givesUpWhenItRingsTooLong() {
        call(CallOptions.defaults().withRingTimeout(Duration.ofSeconds(1)));
        RawMessage invite = phone.awaitRequest("INVITE");
        callee.answer(invite, 180, "Ringing");
        RawMessage cancel = phone.awaitRequest("CANCEL");
        callee.answer(cancel, 200, "OK");
        callee.answer(invite, 487, "Request Terminated");
        assertThat(end()).isEqualTo(new EndReason(Cause.NO_ANSWER, 408, "Nobody answered in time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no session description", "v=0\r\no=- 7 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"})
    void hangsUpOnAnAnswerThatCannotBeTaken(String sdp) {
        call();
        RawMessage invite = phone.awaitRequest("INVITE");
        callee.answer(invite, 200, "OK", sdp);
        phone.awaitRequest("ACK");
        callee.answer(phone.awaitRequest("BYE"), 200, "OK");
        assertThat(end().cause()).isEqualTo(Cause.NO_COMMON_MEDIA);
    }

    @Test
    void countsAmongTheCallsThatAreAllowed() {
        Call first = call();
        assertThat(call().ended().toCompletableFuture().join().cause()).isEqualTo(Cause.BUSY);
        assertThat(first.endReason()).isEmpty();
    }

    @Test
    void goesThroughTheProxyItIsGiven() {
        gateway.gateway.call(
                "sip:room1@nowhere.invalid",
                ROOM,
                CallOptions.defaults().withRoutes(List.of("sip:" + phone.address())));
        RawMessage invite = phone.awaitRequest("INVITE");
        assertThat(invite.startLine()).isEqualTo("INVITE sip:room1@nowhere.invalid SIP/2.0");
        assertThat(invite.header("Route")).contains("<sip:" + phone.address() + ";lr>");
        RawMessage ack;
        callee.answer(invite, 200, "OK", RawCallee.sdp(), "Record-Route: <sip:" + phone.address() + ";lr;id=1>");
        ack = phone.awaitRequest("ACK");
        assertThat(ack.header("Route")).contains("<sip:" + phone.address() + ";lr;id=1>");
    }

    @Test
    void callsAsAnAccountThroughItsProxy() {
        Account account = Account.parse("Board room <sip:board@example.org>;auth_pass=secret;outbound=\"sip:"
                + phone.address() + ";transport=udp\"");
        gateway.gateway.call("sip:room1@example.org", ROOM, CallOptions.of(account));
        RawMessage invite = phone.awaitRequest("INVITE");
        assertThat(invite.header("From").orElseThrow()).contains("<sip:board@example.org>");
        assertThat(invite.header("Route").orElseThrow())
                .contains("sip:" + phone.address())
                .contains(";lr");
        callee.answer(invite, 407, "Proxy Auth", "", "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"");
        RawMessage again = phone.await(
                "a signed INVITE", m -> m.header("Proxy-Authorization").isPresent());
        assertThat(again.header("Proxy-Authorization").orElseThrow()).contains("username=\"board\"");
        callee.answer(again, 486, "Busy Here");
        assertThat(end().sipStatus()).isEqualTo(486);
    }

    @Test
    void saysThatTheServerIsNotFound() {
        gateway.gateway.call("sip:room1@nowhere.invalid", ROOM, CallOptions.defaults());
        EndReason reason = end();
        assertThat(reason.cause()).isEqualTo(Cause.REFUSED);
        assertThat(reason.sipStatus()).isEqualTo(503);
        assertThat(reason.detail()).contains("nowhere.invalid is not found");
    }

    @Test
    void saysThatItDoesNotSpeakTheTransport() {
        gateway.gateway.call("sip:room1@127.0.0.1;transport=ws", ROOM, CallOptions.defaults());
        EndReason reason = end();
        assertThat(reason.cause()).isEqualTo(Cause.REFUSED);
        assertThat(reason.sipStatus()).isEqualTo(503);
        assertThat(reason.detail()).contains("127.0.0.1 cannot be called");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel:+123", "room1", "sip:", "sip:a@b>\r\nX: y", "sip:a b@host"})
    void refusesWhatIsNoSipAddress(String uri) {
        assertThatThrownBy(() -> gateway.gateway.call(uri, ROOM, CallOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(gateway.gateway.calls()).isEmpty();
    }
}
