package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecChoiceTest {

    private static NegotiatedStream answer(MediaKind kind, String... lines) throws Exception {
        return Golden.stream(Golden.negotiator().answer(Golden.session(lines)), kind);
    }

    @ParameterizedTest
    @CsvSource({
        "0 8, PCMU",
        "8 0, PCMA",
        "0 9 8, G722",
        "8 9 0 96, opus",
        "18 3 8, PCMA",
        "96 9, opus",
    })
    void prefersOpusThenG722ThenG711InTheOrderOfTheOffer(String formats, String expected) throws Exception {
        NegotiatedStream audio = answer(MediaKind.AUDIO, "m=audio 5000 RTP/AVP " + formats, "a=rtpmap:96 OPUS/48000/2");

        assertThat(audio.codec().is(expected)).as(audio.codec().name()).isTrue();
    }

    @Test
    void takesStaticPayloadTypesWithoutRtpmap() throws Exception {
        NegotiatedStream audio = answer(MediaKind.AUDIO, "m=audio 5000 RTP/AVP 9");

        assertThat(audio.codec().payloadType()).isEqualTo(9);
        assertThat(audio.codec().clockRateHz()).isEqualTo(8000);
    }

    @Test
    void takesAStaticPayloadTypeThatRtpmapRedefines() throws Exception {
        NegotiatedStream audio = answer(MediaKind.AUDIO, "m=audio 5000 RTP/AVP 9 8", "a=rtpmap:9 speex/16000");

        assertThat(audio.codec().name()).isEqualTo("PCMA");
    }

    @Test
    void prefersModeOneOfH264AtThePlaceOfTheFirstH264() throws Exception {
        String[] lines = {
            "m=video 5000 RTP/AVP 97 98 99",
            "a=rtpmap:97 H264/90000",
            "a=fmtp:97 profile-level-id=42e01f",
            "a=rtpmap:98 VP8/90000",
            "a=rtpmap:99 H264/90000",
            "a=fmtp:99 profile-level-id=42e01f;packetization-mode=1"
        };

        assertThat(answer(MediaKind.VIDEO, lines).codec().payloadType()).isEqualTo(99);

        lines[0] = "m=video 5000 RTP/AVP 98 97 99";
        assertThat(answer(MediaKind.VIDEO, lines).codec().name()).isEqualTo("VP8");
    }

    @Test
    void answersOnePayloadTypeInTheModeAndProfileOfTheOffer() throws Exception {
        Negotiation negotiation = Golden.negotiator()
                .answer(Golden.session(
                        "m=video 5000 RTP/AVP 97 98",
                        "a=rtpmap:97 H264/90000",
                        "a=fmtp:97 profile-level-id=64001f",
                        "a=rtpmap:98 H264/90000",
                        "a=fmtp:98 profile-level-id=42801f"));

        // mode 0 exists here in Constrained Baseline only
        MediaDescription line = negotiation.local().media().get(0);
        assertThat(line.formats()).containsExactly("98");
        assertThat(line.attribute("fmtp").orElseThrow()).startsWith("98 profile-level-id=42801f;packetization-mode=0");
    }

    @ParameterizedTest
    @CsvSource({
        "packetization-mode=2;profile-level-id=42e01f",
        "packetization-mode=1;profile-level-id=58001f",
        "packetization-mode=1;profile-level-id=42e0",
        "packetization-mode=0;profile-level-id=4d001f",
    })
    void refusesH264ThatItCannot(String fmtp) {
        assertThatThrownBy(() -> answer(
                        MediaKind.VIDEO, "m=video 5000 RTP/AVP 97", "a=rtpmap:97 H264/90000", "a=fmtp:97 " + fmtp))
                .isInstanceOf(NegotiationException.class)
                .hasMessage("no common codec for video")
                .extracting(e -> ((NegotiationException) e).warningCode())
                .isEqualTo(305);
    }

    @Test
    void takesHighWhereTheOfferPutsItFirst() throws Exception {
        NegotiatedStream video = answer(
                MediaKind.VIDEO,
                "m=video 5000 RTP/AVP 97 98",
                "a=rtpmap:97 H264/90000",
                "a=fmtp:97 profile-level-id=640020;packetization-mode=1",
                "a=rtpmap:98 H264/90000",
                "a=fmtp:98 profile-level-id=428020;packetization-mode=1");

        assertThat(video.codec().payloadType()).isEqualTo(97);
    }

    @Test
    void takesDigitsWithTheClockOfTheCodecElseAnyClock() throws Exception {
        String[] lines = {
            "m=audio 5000 RTP/AVP 96 0 100 101",
            "a=rtpmap:96 opus/48000/2",
            "a=rtpmap:100 telephone-event/8000",
            "a=rtpmap:101 telephone-event/48000"
        };

        assertThat(answer(MediaKind.AUDIO, lines).telephoneEvent().orElseThrow().payloadType())
                .isEqualTo(101);
        lines[0] = "m=audio 5000 RTP/AVP 96 0 100";
        assertThat(answer(MediaKind.AUDIO, lines).telephoneEvent().orElseThrow().payloadType())
                .isEqualTo(100);
        lines[0] = "m=audio 5000 RTP/AVP 96 0";
        assertThat(answer(MediaKind.AUDIO, lines).telephoneEvent()).isEmpty();
    }

    @Test
    void neverTakesDigitsAlone() {
        assertThatThrownBy(
                        () -> answer(MediaKind.AUDIO, "m=audio 5000 RTP/AVP 101", "a=rtpmap:101 telephone-event/8000"))
                .isInstanceOf(NegotiationException.class);
    }

    @Test
    void ignoresFormatsThatAreNoPayloadTypes() throws Exception {
        List<RtpCodec> codecs = Golden.session(
                        "m=audio 5000 RTP/AVP * 128 0 97 98 99",
                        "a=rtpmap:97 broken",
                        "a=rtpmap:98 x/999999999999",
                        "a=rtpmap:99 L16/44100/2",
                        "a=fmtp:99",
                        "a=fmtp:abc def")
                .media()
                .get(0)
                .codecs();

        assertThat(codecs).extracting(RtpCodec::name).containsExactly("PCMU", "L16");
        assertThat(codecs.get(1).channels()).isEqualTo(2);
    }
}
