package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Requests that are answered by the book and become no call. */
@Tag("call")
class InspectionTest {
    private static TestGateway gateway;
    private RawPhone phone;
    private RawCall call;

    @BeforeAll
    static void open() {
        gateway = new TestGateway();
    }

    @AfterAll
    static void close() {
        gateway.assertEmpty();
        gateway.close();
    }

    @BeforeEach
    void dial() throws IOException {
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
    }

    @AfterEach
    void hangUp() {
        phone.close();
    }

    private RawMessage outside(String method, String body, String... headers) {
        phone.send(call.text(
                method,
                "sip:room42@" + phone.gatewayAddress(),
                "z9hG4bK" + UUID.randomUUID(),
                "7 " + method,
                body,
                headers));
        return phone.await("answer to " + method, m -> m.isResponse() && m.status() >= 200);
    }

    @Test
    void answersOptionsWithWhatItCan() {
        RawMessage options = outside("OPTIONS", "");
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow"))
                .hasValue("INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY");
        assertThat(options.header("Accept").orElseThrow()).contains("application/sdp");
        assertThat(options.headers()).anyMatch(line -> line.startsWith("Supported:"));
        assertThat(options.tag("To")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"REGISTER,405", "SUBSCRIBE,405", "MESSAGE,405", "PUBLISH,405", "DANCE,501"})
    void refusesMethodsItDoesNotHave(String method, int status) {
        RawMessage refusal = outside(method, "");
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.header("Allow").orElseThrow()).contains("INVITE");
    }

    @Test
    void knowsNoSubscriptionOutsideACall() {
        assertThat(outside("NOTIFY", "").status()).isEqualTo(481);
    }

    @Test
    void refusesExtensionsItDoesNotHave() {
        RawMessage refusal =
                outside("INVITE", RawCall.offer(), RawCall.SDP_TYPE, "Require: timer, precondition, nonsense");
        assertThat(refusal.status()).isEqualTo(420);
        assertThat(refusal.header("Unsupported").orElseThrow())
                .contains("precondition", "nonsense")
                .doesNotContain("timer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYE", "INFO", "UPDATE", "INVITE"})
    void knowsNoDialogOfOthers(String method) {
        String request = call.text(
                        method,
                        "sip:room42@" + phone.gatewayAddress(),
                        "z9hG4bK" + UUID.randomUUID(),
                        "7 " + method,
                        "")
                .replace("To: <sip:room42@" + phone.gatewayAddress() + ">", "To: <sip:x@y>;tag=stranger");
        phone.send(request);
        assertThat(phone.awaitFinal("7 " + method).status()).isEqualTo(481);
    }

    @Test
    void knowsNoInviteToCancel() {
        assertThat(outside("CANCEL", "").status()).isEqualTo(481);
    }

    @Test
    void refusesARequestThatHasNoHopsLeft() {
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE)
                .replace("Max-Forwards: 70", "Max-Forwards: 0"));
        assertThat(phone.awaitStatus(483).method()).isEqualTo("INVITE");
    }

    @Test
    void refusesADialogWhosePeerHasNoPort() {
        String invite = call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
        phone.send(invite.replaceFirst("(Contact: <sip:[^>;]*):\\d+", "$1:4279999"));
        assertThat(phone.awaitStatus(400).startLine()).contains("above 65535");
    }

    @Test
    void recognisesAnInviteThatCameTwoWays() {
        gateway.joiner.holdSeats = true;
        String invite = call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
        phone.send(invite);
        phone.awaitStatus(180);
        phone.send(invite.replaceAll("branch=z9hG4bK", "branch=z9hG4bKother"));
        phone.awaitStatus(482);
        phone.send(call.request("CANCEL", ""));
        phone.awaitStatus(487);
        gateway.joiner.releaseSeats();
        gateway.events.await("end", lines -> gateway.gateway.calls().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Call-ID: .*|Call-ID",
                "CSeq: .*|CSeq",
                "From: .*|From",
                "To: .*|To",
                "Contact: .*|Contact",
                "Content-Type: .*|Content-Type"
            })
    void saysWhichHeaderIsMissing(String line, String header) {
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE).replaceFirst(line + "\r\n", ""));
        assertThat(phone.awaitStatus(400).startLine()).contains("Missing " + header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CSeq: .*|CSeq: one INVITE|CSeq",
                "CSeq: .*|CSeq: 1 OPTIONS|CSeq",
                "From: .*|From: <sip:room1@|From",
                "To: .*|To: <sip:room42@|To",
                "Contact: .*|Contact: <<>>|Contact",
                "Max-Forwards: .*|Max-Forwards: many|Max-Forwards",
                "Content-Length: .*|Content-Length: -5|Content-Length",
                "INVITE sip:.*|INVITE sip: SIP/2.0|request line"
            })
    void saysWhichHeaderIsBad(String line, String bad, String header) {
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE).replaceFirst(line, bad));
        assertThat(phone.awaitStatus(400).startLine()).containsIgnoringCase(header);
    }

    @Test
    void refusesAnotherVersionOfSip() {
        phone.send(call.request("OPTIONS", "").replaceFirst("SIP/2.0\r\n", "SIP/7.0\r\n"));
        assertThat(phone.awaitStatus(505).status()).isEqualTo(505);
    }

    @Test
    void refusesAUriSchemeItDoesNotHave() {
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE)
                .replaceFirst("INVITE \\S+", "INVITE tel:+331"));
        assertThat(phone.awaitStatus(416).status()).isEqualTo(416);
    }

    @Test
    void refusesABodyItCannotRead() {
        RawMessage refusal = outside("INVITE", "hello", "Content-Type: text/plain");
        assertThat(refusal.status()).isEqualTo(415);
        assertThat(refusal.header("Accept")).hasValue("application/sdp");
        RawMessage packed = outside("INVITE", "xxxx", RawCall.SDP_TYPE, "Content-Encoding: gzip");
        assertThat(packed.status()).isEqualTo(415);
        assertThat(packed.header("Accept-Encoding")).isPresent();
    }

    @Test
    void refusesAnUnreadableSessionDescription() {
        RawMessage refusal = call.invite("v=0\r\nthis is no sdp\r\n");
        call.ackRefusal(refusal);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.header("Warning").orElseThrow()).startsWith("399");
    }

    @Test
    void refusesAnOfferWithNothingInCommon() {
        RawMessage refusal = call.invite(RawCall.alienOffer());
        call.ackRefusal(refusal);
        assertThat(refusal.status()).isEqualTo(488);
        assertThat(refusal.header("Warning")).isPresent();
    }

    @Test
    void knowsNoSuchRoom() {
        RawCall lost = new RawCall(phone, "nowhere");
        RawMessage refusal = lost.invite(RawCall.offer());
        lost.ackRefusal(refusal);
        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal.header("Reason").orElseThrow()).contains("cause=404");
    }

    @Test
    void refusesAHostThatNoJoinerAccepts() {
        gateway.joiner.accepting = false;
        RawMessage refusal = call.invite(RawCall.offer());
        call.ackRefusal(refusal);
        gateway.joiner.accepting = true;
        assertThat(refusal.status()).isEqualTo(403);
    }

    @Test
    void refusesWhenNoMediaPortIsFree() {
        gateway.engine.exhausted = true;
        RawMessage refusal = call.invite(RawCall.offer());
        call.ackRefusal(refusal);
        gateway.engine.exhausted = false;
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.header("Retry-After")).hasValue("10");
    }

    @Test
    void understandsCompactHeadersAFromWithoutUserAndAMultipartBody() {
        String sdp = RawCall.offer();
        String body = "--b\r\nContent-Type: application/sdp\r\n\r\n" + sdp
                + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--\r\n";
        phone.send(call.request("INVITE", body, "Content-Type: multipart/mixed;boundary=b")
                .replace("Via:", "v:")
                .replace("From: \"Room 1\" <sip:room1@", "f: <sip:")
                .replace("To:", "t:")
                .replace("Call-ID:", "i:")
                .replace("Contact:", "m:")
                .replace("Content-Type: multipart", "c: multipart")
                .replace("Content-Length:", "l:"));
        RawMessage answer = phone.awaitStatus(200);
        call.learn(answer);
        call.ack("");
        assertThat(answer.body()).contains("m=audio");
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        gateway.events.await("end", lines -> gateway.gateway.calls().isEmpty());
        assertThat(gateway.events
                        .calls
                        .get(gateway.events.calls.size() - 1)
                        .request()
                        .displayName())
                .isEqualTo("Meeting room");
    }
}
