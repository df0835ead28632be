package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport-wide feedback in offer and answer: only together with the header extension that it tells of. */
@Tag("network")
class TransportSequenceTest {

    private static final String URI = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    private static final String LINE =
            "m=video 4000 RTP/AVPF 97\r\na=rtpmap:97 H264/90000\r\na=fmtp:97 packetization-mode=1\r\n";

    private static Negotiation answer(String... attributes) throws Exception {
        return Golden.negotiator()
                .answer(SessionDescription.parse(
                        Golden.session().text() + LINE + String.join("\r\n", attributes) + "\r\n"));
    }

    @Test
    void isAnsweredWithTheNumberOfTheOffer() throws Exception {
        Negotiation agreed = answer("a=rtcp-fb:97 transport-cc", "a=extmap:3 " + URI);
        NegotiatedStream video = Golden.stream(agreed, MediaKind.VIDEO);
        assertThat(video.options().transportSequenceId()).hasValue(3);
        assertThat(video.feedback()).containsExactly(RtcpFeedback.TRANSPORT_CC);
        assertThat(agreed.local().text())
                .contains("a=rtcp-fb:97 transport-cc\r\n")
                .contains("a=extmap:3 " + URI + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid",
                "a=extmap:15 " + URI,
                "a=extmap:0 " + URI,
                "a=extmap:4096 " + URI,
                "a=extmap:3/sendonly " + URI,
                "a=extmap:three " + URI,
                "a=extmap:",
                "a=x"
            })
    void withoutAnExtensionThatCanBeUsedThereIsNone(String attribute) throws Exception {
        Negotiation agreed = answer("a=rtcp-fb:97 transport-cc", attribute);
        NegotiatedStream video = Golden.stream(agreed, MediaKind.VIDEO);
        assertThat(video.options()).isEqualTo(RtpOptions.none());
        assertThat(video.feedback()).isEmpty();
        assertThat(agreed.local().text()).doesNotContain("transport-cc").doesNotContain("extmap");
    }

    @Test
    void theExtensionAloneAgreesOnNothing() throws Exception {
        Negotiation agreed = answer("a=rtcp-fb:97 nack", "a=extmap:3 " + URI);
        assertThat(Golden.stream(agreed, MediaKind.VIDEO).options()).isEqualTo(RtpOptions.none());
        assertThat(agreed.local().text()).doesNotContain("extmap");
    }

    @Test
    void isOfferedAndKeepsTheNumberThatTheOtherSideGave() throws Exception {
        Negotiator negotiator = Golden.negotiator();
        assertThat(negotiator.offer().text())
                .contains("a=rtcp-fb:* transport-cc\r\n")
                .contains("a=extmap:5 " + URI + "\r\n");
        NegotiatedStream video = Golden.stream(
                negotiator.accept(Golden.session(
                        "m=audio 0 RTP/AVP 0",
                        "m=video 5002 RTP/AVP 102",
                        "a=rtpmap:102 H264/90000",
                        "a=fmtp:102 profile-level-id=42e01f;packetization-mode=1",
                        "a=rtcp-fb:102 transport-cc",
                        "a=extmap:5 " + URI)),
                MediaKind.VIDEO);
        assertThat(video.options().transportSequenceId()).hasValue(5);
        Negotiator answering = Golden.negotiator();
        answering.answer(SessionDescription.parse(Golden.session().text() + LINE
                + "a=rtcp-fb:97 transport-cc\r\na=extmap:9 " + URI + "\r\na=extmap:5 urn:x\r\n"));
        assertThat(answering.offer().text()).contains("a=extmap:9 " + URI + "\r\n");
    }

    @Test
    void anotherNumberIsChosenWhereTheUsualOneMeansSomethingElse() throws Exception {
        Negotiator negotiator = Golden.negotiator();
        negotiator.answer(SessionDescription.parse(Golden.session().text() + LINE + "a=extmap:5 urn:x\r\n"));
        assertThat(negotiator.offer().text()).contains("a=extmap:6 " + URI + "\r\n");
    }
}
