package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 4588 retransmission formats and feedback of rates in offer and answer. */
@Tag("network")
class RetransmissionTest {

    private static final String[] LINE = {
        "m=video 4000 RTP/AVP 97 98 99 100",
        "a=rtpmap:97 H264/90000",
        "a=fmtp:97 profile-level-id=42e01f;packetization-mode=0",
        "a=rtpmap:98 rtx/90000",
        "a=fmtp:98 apt=97;rtx-time=3000",
        "a=rtpmap:99 H264/90000",
        "a=fmtp:99 profile-level-id=42e01f;packetization-mode=1",
        "a=rtpmap:100 rtx/90000",
        "a=fmtp:100 apt=99"
    };

    private static Negotiation answer(String feedback) throws Exception {
        return Golden.negotiator()
                .answer(SessionDescription.parse(Golden.session(LINE).text() + "a=rtcp-fb:* " + feedback + "\r\n"));
    }

    @Test
    void theRetransmissionFormatOfTheChosenCodecIsTaken() throws Exception {
        Negotiation agreed = answer("nack");
        NegotiatedStream video = Golden.stream(agreed, MediaKind.VIDEO);
        assertThat(video.codec().payloadType()).isEqualTo(99);
        assertThat(video.options().rtxPayloadType()).hasValue(100);
        assertThat(agreed.local().text())
                .contains("m=video 40002 RTP/AVP 99 100\r\n")
                .contains("a=rtpmap:100 rtx/90000\r\n")
                .contains("a=fmtp:100 apt=99\r\n")
                .doesNotContain("apt=97");
    }

    @Test
    void withoutNackNothingIsRetransmitted() throws Exception {
        Negotiation agreed = answer("ccm fir");
        assertThat(Golden.stream(agreed, MediaKind.VIDEO).options()).isEqualTo(RtpOptions.none());
        assertThat(agreed.local().text()).doesNotContain("rtx");
    }

    @Test
    void estimatesOfTheReceiverAreAgreedOnWhereOffered() throws Exception {
        Negotiation agreed = answer("goog-remb");
        assertThat(Golden.stream(agreed, MediaKind.VIDEO).feedback()).containsExactly(RtcpFeedback.REMB);
        assertThat(agreed.local().text()).contains("a=rtcp-fb:* goog-remb\r\n");
    }

    @Test
    void ourOfferHasARetransmissionFormatOfEachCodecAndTheAnswersIsTaken() throws Exception {
        Negotiator negotiator = Golden.negotiator();
        String offer = negotiator.offer().text();
        assertThat(offer)
                .contains("m=video 40002 RTP/AVP 102 103 104 105 106 112 113 114 115 116\r\n")
                .contains("a=rtpmap:113 rtx/90000\r\na=fmtp:113 apt=103\r\n");
        NegotiatedStream video = Golden.stream(negotiator.accept(answered(113, "a=rtcp-fb:* nack")), MediaKind.VIDEO);
        assertThat(video.codec().payloadType()).isEqualTo(103);
        assertThat(video.options().rtxPayloadType()).hasValue(113);
        // a later offer keeps what numbers mean
        assertThat(negotiator.offer().media())
                .isEqualTo(SessionDescription.parse(offer).media());
    }

    @Test
    void anAnswerWithoutTheFormatOrWithoutNackOrOfAnotherNumberAgreesOnNone() throws Exception {
        for (SessionDescription answer : new SessionDescription[] {
            answered(113, "a=rtcp-fb:* ccm fir"),
            answered(99, "a=rtcp-fb:* nack"),
            Golden.session(
                    "m=audio 0 RTP/AVP 0",
                    "m=video 5002 RTP/AVP 103",
                    "a=rtpmap:103 H264/90000",
                    "a=fmtp:103 profile-level-id=42e01f",
                    "a=rtcp-fb:* nack")
        }) {
            Negotiator negotiator = Golden.negotiator();
            negotiator.offer();
            NegotiatedStream video = Golden.stream(negotiator.accept(answer), MediaKind.VIDEO);
            assertThat(video.codec().payloadType()).isEqualTo(103);
            assertThat(video.options().rtxPayloadType()).isEmpty();
        }
    }

    /** The retransmission format stands first: it is never taken for a codec. */
    private static SessionDescription answered(int rtx, String feedback) throws SdpException {
        return Golden.session(
                "m=audio 0 RTP/AVP 0",
                "m=video 5002 RTP/AVP " + rtx + " 103",
                "a=rtpmap:103 H264/90000",
                "a=fmtp:103 profile-level-id=42e01f",
                "a=rtpmap:" + rtx + " rtx/90000",
                "a=fmtp:" + rtx + " apt=103",
                feedback);
    }
}
