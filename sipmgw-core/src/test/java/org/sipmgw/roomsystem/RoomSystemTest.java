package org.sipmgw.roomsystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.Transport;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.Golden;
import org.sipmgw.sdp.MediaDescription;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.SessionDescription;

/** The room systems that people own: as they call, without an offer, holding in every spelling, and inviting again at once. */
@Tag("roomsystem")
class RoomSystemTest {
    private static TestGateway gateway;
    private RawPhone phone;
    private RawCall call;

    @BeforeAll
    static void open() {
        gateway = new TestGateway();
        gateway.engine.capabilities = Golden.capabilities();
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    /** Cisco's INVITE does not fit a datagram. */
    private void dial(RoomSystem system, String sdp) throws IOException {
        gateway.events.lines.clear();
        phone = system.name().startsWith("cisco")
                ? RawPhone.tcp(gateway.address(Transport.TCP))
                : RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
        first = call.invite(sdp);
        assertThat(first.status()).isEqualTo(200);
    }

    private RawMessage first;

    @AfterEach
    void hangUp() {
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        gateway.events.await("no call", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
    }

    @ParameterizedTest
    @CsvSource({
        "poly-g7500,9,110",
        "cisco-ce,114,126",
        "cisco-jabber,114,126",
        "baresip,96,99",
        "linphone,96,96",
    })
    void answersItsOfferByTheRules(String name, int audio, int video) throws Exception {
        RoomSystem system = RoomSystem.named(name);
        dial(system, system.offer());
        call.ack("");
        SessionDescription answer = SessionDescription.parse(first.body());
        AnswerRules.check(system.description(), answer);
        assertThat(gateway.engine.last().streams())
                .extracting(stream -> stream.codec().payloadType())
                .containsExactly(audio, video);
        assertThat(gateway.engine.last().streams())
                .extracting(NegotiatedStream::direction)
                .containsOnly(Direction.SENDRECV);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poly-g7500", "cisco-ce", "cisco-jabber", "baresip", "linphone"})
    void offersWhereItDoesNot(String name) throws Exception {
        RoomSystem system = RoomSystem.named(name);
        dial(system, "");
        int configured = gateway.engine.last().configured.size();
        assertThat(configured).as("no media before the answer").isZero();
        SessionDescription offer = SessionDescription.parse(first.body());
        assertThat(offer.media()).extracting(MediaDescription::kind).containsExactly(MediaKind.AUDIO, MediaKind.VIDEO);
        assertThat(offer.media().get(1).values("rtcp-fb")).contains("* nack pli", "* ccm fir");

        call.ack(system.answerTo(first.body()));
        await("media", any -> gateway.engine.last().configured.size() == 1);
        assertThat(gateway.engine.last().streams()).hasSize(2);
        assertThat(gateway.engine.last().streams().get(1).codec().is("H264") || name.equals("linphone"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poly-g7500", "cisco-ce", "cisco-jabber", "baresip", "linphone"})
    void isHeldInEverySpellingAndResumed(String name) throws Exception {
        RoomSystem system = RoomSystem.named(name);
        dial(system, system.offer());
        call.ack("");
        BigInteger version = version(first);
        version = holds(system.directed("sendonly", 1), Direction.RECVONLY, version);
        version = resumes(system.changed(2), version);
        version = holds(system.directed("inactive", 3), Direction.INACTIVE, version);
        version = resumes(system.changed(4), version);
        version = holds(system.withoutAddress(5), Direction.RECVONLY, version);
        resumes(system.changed(6), version);
        RawMessage nothing = reinvite(system.withoutPorts(7));
        assertThat(SessionDescription.parse(nothing.body()).media()).allMatch(MediaDescription::refused);
        await("hold", lines -> lines.contains("held true"));
        assertThat(gateway.engine.last().streams()).isEmpty();
        resumes(system.changed(8), version(nothing));
    }

    private BigInteger holds(String offer, Direction ours, BigInteger before) throws Exception {
        gateway.events.lines.clear();
        RawMessage answer = reinvite(offer);
        AnswerRules.check(SessionDescription.parse(offer), SessionDescription.parse(answer.body()));
        await("hold", lines -> lines.contains("held true"));
        assertThat(gateway.engine.last().streams())
                .extracting(NegotiatedStream::direction)
                .containsOnly(ours);
        assertThat(version(answer)).as("o= version rises by one").isEqualTo(before.add(BigInteger.ONE));
        return version(answer);
    }

    private BigInteger resumes(String offer, BigInteger before) throws Exception {
        gateway.events.lines.clear();
        int keyFrames = gateway.engine.last().keyFrames.get();
        RawMessage answer = reinvite(offer);
        await("resume", lines -> lines.contains("held false"));
        assertThat(gateway.engine.last().keyFrames.get())
                .as("a whole picture at once")
                .isGreaterThan(keyFrames);
        assertThat(gateway.engine.last().streams())
                .extracting(NegotiatedStream::direction)
                .containsOnly(Direction.SENDRECV);
        assertThat(version(answer)).isEqualTo(before.add(BigInteger.ONE));
        return version(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poly-g7500", "cisco-ce", "cisco-jabber", "baresip", "linphone"})
    void isInvitedAgainBeforeAndAfterTheAck(String name) throws Exception {
        RoomSystem system = RoomSystem.named(name);
        dial(system, system.offer());
        RawMessage hasty = call.ask("INVITE", system.offer(), RawCall.SDP_TYPE);
        assertThat(hasty.status()).isEqualTo(200);
        assertThat(hasty.body()).as("nothing has changed").isEqualTo(first.body());
        call.ack("");
        Thread.sleep(60);
        RawMessage again = reinvite(system.offer());
        assertThat(again.body()).isEqualTo(first.body());

        RawMessage offered = call.ask("INVITE", "");
        SessionDescription ours = SessionDescription.parse(offered.body());
        List<MediaDescription> before = SessionDescription.parse(first.body()).media();
        assertThat(ours.media()).as("lines keep their places").hasSameSizeAs(before);
        call.ack(system.answerTo(offered.body()));
        assertThat(call.ask("UPDATE", "").body()).isEmpty();
    }

    @Test
    void polyInvitesAgainSixtyMillisecondsAfterTheAnswer() throws Exception {
        RoomSystem poly = RoomSystem.named("poly-g7500");
        dial(poly, poly.offer());
        call.ack("");
        Thread.sleep(60);
        // with its slides line, as the real device does
        String withSlides = poly.changed(1) + "m=video 22150 RTP/AVP 110\r\na=rtpmap:110 H264/90000\r\n"
                + "a=fmtp:110 profile-level-id=428020;packetization-mode=1\r\na=content:slides\r\na=label:3\r\n";
        RawMessage answer = reinvite(withSlides);
        AnswerRules.check(SessionDescription.parse(withSlides), SessionDescription.parse(answer.body()));
        assertThat(version(answer)).isEqualTo(version(first).add(BigInteger.ONE));
    }

    private RawMessage reinvite(String sdp) {
        RawMessage answer = call.ask("INVITE", sdp, RawCall.SDP_TYPE);
        assertThat(answer.status()).isEqualTo(200);
        call.ack("");
        return answer;
    }

    private static void await(String what, Predicate<List<String>> condition) {
        gateway.events.await(what, condition);
    }

    private static BigInteger version(RawMessage message) throws Exception {
        return SessionDescription.parse(message.body()).origin().version();
    }
}
