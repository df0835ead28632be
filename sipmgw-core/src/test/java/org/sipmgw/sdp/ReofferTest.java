package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReofferTest {

    private final Negotiator negotiator = Golden.negotiator();

    private static SessionDescription audio(String... further) throws SdpException {
        return Golden.session("m=audio 5000 RTP/AVP 0", String.join("\n", further));
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, sendrecv, SENDRECV",
        "sendonly, recvonly, RECVONLY",
        "recvonly, sendonly, SENDONLY",
        "inactive, inactive, INACTIVE",
    })
    void mirrorsTheDirection(String offered, String answered, Direction expected) throws Exception {
        Negotiation negotiation = negotiator.answer(audio("a=" + offered));

        assertThat(negotiation.local().media().get(0).has(answered)).isTrue();
        assertThat(negotiation.streams().get(0).direction()).isEqualTo(expected);
    }

    @Test
    void takesTheDirectionOfTheSession() throws Exception {
        SessionDescription offer = SessionDescription.parse(
                "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\n"
                        + "t=0 0\na=sendonly\nm=audio 5000 RTP/AVP 0\nm=video 5002 RTP/AVP 96\na=rtpmap:96 VP8/90000\na=inactive");

        assertThat(negotiator.answer(offer).streams())
                .extracting(NegotiatedStream::direction)
                .containsExactly(Direction.RECVONLY, Direction.INACTIVE);
    }

    @ParameterizedTest
    @CsvSource({"sendrecv, RECVONLY", "sendonly, RECVONLY", "recvonly, INACTIVE", "inactive, INACTIVE"})
    void sendsNothingToTheUnspecifiedAddress(String offered, Direction expected) throws Exception {
        NegotiatedStream held = negotiator
                .answer(audio("c=IN IP4 0.0.0.0", "a=" + offered))
                .streams()
                .get(0);

        assertThat(held.direction()).isEqualTo(expected);
        assertThat(held.remoteRtp().getAddress().isAnyLocalAddress()).isTrue();
    }

    @Test
    void sendsWhereOnlyRtcpIsSwitchedOff() throws Exception {
        assertThat(negotiator.answer(audio("b=RS:0", "b=RR:0")).streams().get(0).direction())
                .isEqualTo(Direction.SENDRECV);
    }

    @Test
    void sendsNothingAtZeroBandwidth() throws Exception {
        assertThat(negotiator.answer(audio("b=AS:0")).streams().get(0).direction())
                .isEqualTo(Direction.RECVONLY);
        assertThat(negotiator
                        .answer(audio("b=AS:64", "b=RR:0"))
                        .streams()
                        .get(0)
                        .direction())
                .isEqualTo(Direction.SENDRECV);
    }

    @Test
    void holdsAndResumesWithRisingVersions() throws Exception {
        Negotiation first = negotiator.answer(audio());
        Negotiation hold = negotiator.answer(audio("a=sendonly"));
        Negotiation resumed = negotiator.answer(audio());

        assertThat(first.local().origin()).hasToString("- 4711 1 IN IP4 198.51.100.7");
        assertThat(hold.local().origin()).hasToString("- 4711 2 IN IP4 198.51.100.7");
        assertThat(resumed.local().origin()).hasToString("- 4711 3 IN IP4 198.51.100.7");
        assertThat(hold.changed()).isTrue();
        assertThat(resumed.changed()).isTrue();
        assertThat(resumed.streams()).isEqualTo(first.streams());
    }

    @Test
    void keepsVersionAndStreamsAtARefresh() throws Exception {
        Negotiation first = negotiator.answer(Golden.offer("poly-g7500"));
        Negotiation refresh = negotiator.answer(Golden.offer("poly-g7500"));

        assertThat(first.changed()).isTrue();
        assertThat(refresh.changed()).isFalse();
        assertThat(refresh.local()).isEqualTo(first.local());
    }

    @Test
    void tellsAMoveOfTheOtherSideWithoutAChangeOfOurs() throws Exception {
        Negotiation first = negotiator.answer(audio());
        Negotiation moved = negotiator.answer(audio("c=IN IP4 192.0.2.99"));

        assertThat(moved.changed()).isTrue();
        assertThat(moved.local()).isEqualTo(first.local());
    }

    @Test
    void keepsWhatWasAgreedWhenALaterOfferCannotBeAccepted() throws Exception {
        Negotiation first = negotiator.answer(audio());

        assertThatThrownBy(() -> negotiator.answer(Golden.session("m=audio 5000 RTP/SAVP 0")))
                .isInstanceOf(NegotiationException.class);
        assertThat(negotiator.streams()).isEqualTo(first.streams());
        assertThat(negotiator.answer(audio()).local()).isEqualTo(first.local());
    }

    @Test
    void removesAndAddsStreams() throws Exception {
        String video = "m=video 5002 RTP/AVP 96\na=rtpmap:96 VP8/90000";
        negotiator.answer(Golden.session("m=audio 5000 RTP/AVP 0", video));

        Negotiation removed = negotiator.answer(Golden.session("m=audio 5000 RTP/AVP 0", video.replace("5002", "0")));
        assertThat(removed.local().media().get(1).port()).isZero();
        assertThat(removed.streams()).extracting(NegotiatedStream::kind).containsExactly(MediaKind.AUDIO);

        Negotiation back = negotiator.answer(Golden.session("m=audio 5000 RTP/AVP 0", video));
        assertThat(back.streams()).extracting(NegotiatedStream::kind).containsExactly(MediaKind.AUDIO, MediaKind.VIDEO);
    }

    @Test
    void doesNotAnswerWhileItsOwnOfferIsOpen() throws Exception {
        negotiator.answer(audio());
        SessionDescription offer = negotiator.offer();

        assertThatThrownBy(() -> negotiator.answer(audio())).isInstanceOf(IllegalStateException.class);
        assertThat(negotiator.offer()).isEqualTo(offer);

        negotiator.withdraw();
        Negotiation negotiation = negotiator.answer(audio());
        assertThat(negotiation.local().origin().version())
                .isGreaterThan(offer.origin().version());
    }
}
