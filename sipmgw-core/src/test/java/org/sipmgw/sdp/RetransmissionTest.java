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
}
