package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.sdp.Direction;

/** What a room system may ask for while a call is up. */
@Tag("call")
class InDialogTest {
    private final TestGateway gateway = new TestGateway();
    private RawPhone phone;
    private RawCall call;
    private RawMessage answer;

    @BeforeEach
    void establish() throws IOException {
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
        answer = call.establish();
        gateway.events.await("state CONNECTED");
    }

    @AfterEach
    void nothingIsLeft() {
        call.ask("BYE", "");
        gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
        gateway.close();
    }

    @Test
    void holdsAndResumesByReinvite() {
        RawMessage held = call.ask("INVITE", RawCall.offer() + "a=sendonly\r\n", RawCall.SDP_TYPE);
        String holdAll = RawCall.offer().replace("t=0 0\r\n", "t=0 0\r\na=sendonly\r\n");
        call.ack("");
        assertThat(held.status()).isEqualTo(200);
        RawMessage allHeld = call.ask("INVITE", holdAll, RawCall.SDP_TYPE);
        call.ack("");

        assertThat(allHeld.body()).contains("a=recvonly");
        gateway.events.await("held true");
        assertThat(gateway.events.calls.get(0).held()).isTrue();
        assertThat(gateway.engine.last().streams())
                .extracting(s -> s.direction())
                .containsOnly(Direction.RECVONLY);

        int keyFrames = gateway.engine.last().keyFrames.get();
        RawMessage resumed = call.ask("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
        call.ack("");
        assertThat(resumed.status()).isEqualTo(200);
        gateway.events.await("held false");
        assertThat(gateway.engine.last().keyFrames.get()).isGreaterThan(keyFrames);
        assertThat(origin(resumed)).isNotEqualTo(origin(answer));
    }

    @Test
    void holdsByUnspecifiedAddress() {
        RawMessage held = call.ask("INVITE", RawCall.offer("0.0.0.0", 40000, 40002), RawCall.SDP_TYPE);
        call.ack("");
        assertThat(held.status()).isEqualTo(200);
        gateway.events.await("held true");
    }

    @Test
    void keepsTheSessionVersionWhenARefreshChangesNothing() {
        RawMessage refreshed = call.ask("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
        call.ack("");
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.body()).isEqualTo(answer.body());
    }

    @Test
    void offersInTheAnswerToAReinviteWithoutBody() {
        RawMessage offered = call.ask("INVITE", "");
        assertThat(offered.status()).isEqualTo(200);
        assertThat(offered.body()).contains("m=audio", "m=video");

        RawMessage update = call.ask("UPDATE", RawCall.offer(), RawCall.SDP_TYPE);
        assertThat(update.status()).as("an offer while ours is open").isEqualTo(491);

        int before = gateway.engine.last().configured.size();
        phone.send(call.text(
                "ACK",
                answer.contactUri(),
                "z9hG4bKack" + System.nanoTime(),
                offered.cseqNumber() + " ACK",
                RawCall.offer(),
                RawCall.SDP_TYPE));
        gateway.events.await(
                "configured again", lines -> gateway.engine.last().configured.size() > before);
    }

    @Test
    void takesAReinviteThatOvertakesTheAck() throws IOException {
        try (RawPhone hasty = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall other = new RawCall(hasty, "room43");
            other.invite(RawCall.offer());
            RawMessage refreshed = other.ask("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
            assertThat(refreshed.status()).isEqualTo(200);
            other.ack("");
            assertThat(other.ask("BYE", "").status()).isEqualTo(200);
        }
    }

    @Test
    void answersUpdateWithoutBodyWithoutBody() {
        RawMessage refreshed = call.ask("UPDATE", "");
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.body()).isEmpty();
        assertThat(refreshed.header("Contact")).isPresent();
    }

    @Test
    void answersAnOfferInUpdate() {
        RawMessage updated = call.ask("UPDATE", RawCall.offer(), RawCall.SDP_TYPE);
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body()).contains("m=audio 50000");
    }

    @Test
    void keepsTheCallWhenAReinviteHasNothingInCommon() {
        RawMessage refused = call.ask("INVITE", RawCall.alienOffer(), RawCall.SDP_TYPE);
        call.ackRefusal(refused);
        assertThat(refused.status()).isEqualTo(488);
        assertThat(refused.header("Warning")).isPresent();
        assertThat(call.ask("UPDATE", "").status()).isEqualTo(200);
    }

    @Test
    void takesKeysAndPictureRequestsByInfo() {
        assertThat(call.ask("INFO", "Signal=5\r\nDuration=160\r\n", "Content-Type: application/dtmf-relay")
                        .status())
                .isEqualTo(200);
        assertThat(call.ask("INFO", "#", "Content-Type: application/dtmf").status())
                .isEqualTo(200);
        gateway.events.await("key 5");
        gateway.events.await("key #");
        String picture =
                "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive></media_control>";
        assertThat(call.ask("INFO", picture, "Content-Type: application/media_control+xml")
                        .status())
                .isEqualTo(200);
        assertThat(gateway.engine.last().keyFrames.get()).isEqualTo(1);
        assertThat(call.ask("INFO", "<x", "Content-Type: application/media_control+xml")
                        .status())
                .as("always 200")
                .isEqualTo(200);
        RawMessage unknown = call.ask("INFO", "?", "Content-Type: text/x-unknown");
        assertThat(unknown.status()).isEqualTo(415);
        assertThat(unknown.header("Accept").orElseThrow()).contains("application/dtmf-relay");
        assertThat(call.ask("INFO", "").status()).isEqualTo(200);
    }

    @Test
    void asksTheRoomForAKeyFrameByInfoAtMostOnceASecond() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            gateway.engine.last().listener.onKeyFrameNeeded();
        }
        RawMessage info = phone.awaitRequest("INFO");
        call.reply(info, 200);
        assertThat(info.header("Content-Type")).hasValue("application/media_control+xml");
        assertThat(info.body()).contains("<picture_fast_update>");
        assertThat(phone.silentAbout(m -> m.method().equals("INFO"), Duration.ofMillis(800)))
                .isTrue();
        Thread.sleep(300);
        gateway.engine.last().listener.onKeyFrameNeeded();
        call.reply(phone.awaitRequest("INFO"), 500);
    }

    @Test
    void answersOptionsInsideTheDialog() {
        RawMessage options = call.ask("OPTIONS", "");
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow").orElseThrow()).contains("UPDATE");
    }

    @Test
    void refusesAnUnreadableOfferAndKeepsTheCall() {
        RawMessage refused = call.ask("INVITE", "v=0\r\nnonsense\r\n", RawCall.SDP_TYPE);
        call.ackRefusal(refused);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Warning").orElseThrow()).contains("session description");
        assertThat(call.ask("UPDATE", "").status()).isEqualTo(200);
    }

    @Test
    void refusesARequestWithAnOldSequenceNumber() {
        phone.send(call.text("INFO", answer.contactUri(), "z9hG4bKold" + System.nanoTime(), "0 INFO", ""));
        assertThat(phone.awaitFinal("0 INFO").status()).isEqualTo(500);
    }

    private static String origin(RawMessage message) {
        return message.body()
                .lines()
                .filter(line -> line.startsWith("o="))
                .findFirst()
                .orElseThrow();
    }
}
