package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parity of the other side's picture (RFC 5109 in RFC 2198) is answered where both formats are offered, and never offered. */
@Tag("network")
class ParityFormatsTest {

    private static Negotiation answer(String... formats) throws Exception {
        StringBuilder offer = new StringBuilder(
                Golden.session().text() + "m=video 4000 RTP/AVPF 97 120 121\r\na=rtpmap:97 H264/90000\r\n"
                        + "a=fmtp:97 packetization-mode=1\r\n");
        for (String format : formats) {
            offer.append("a=rtpmap:").append(format).append("\r\n");
        }
        return Golden.negotiator().answer(SessionDescription.parse(offer.toString()));
    }

    @Test
    void bothFormatsAreAnswered() throws Exception {
        Negotiation agreed = answer("120 red/90000", "121 ulpfec/90000");
        NegotiatedStream video = Golden.stream(agreed, MediaKind.VIDEO);
        assertThat(video.codec().payloadType()).isEqualTo(97);
        assertThat(video.options().parity()).contains(new ParityFormats(120, 121));
        assertThat(agreed.local().text())
                .contains("m=video 40002 RTP/AVPF 97 120 121\r\n")
                .contains("a=rtpmap:120 red/90000\r\n")
                .contains("a=rtpmap:121 ulpfec/90000\r\n");
    }

    @Test
    void oneAloneOrOfAVendorIsNot() throws Exception {
        for (String[] formats : new String[][] {
            {"120 red/90000"},
            {"121 ulpfec/90000"},
            {"120 red/8000", "121 ulpfec/90000"},
            {"120 red/90000", "121 x-ulpfecuc/90000"}
        }) {
            Negotiation agreed = answer(formats);
            assertThat(Golden.stream(agreed, MediaKind.VIDEO).options()).isEqualTo(RtpOptions.none());
            assertThat(agreed.local().text()).doesNotContain("red/").doesNotContain("ulpfec");
        }
    }

    @Test
    void noneIsOffered() {
        assertThat(Golden.negotiator().offer().text()).doesNotContain("ulpfec").doesNotContain("red/");
    }
}
