package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OfferTest {

    private final Negotiator negotiator = Golden.negotiator();

    private static final String[] ANSWER = {
        "m=audio 5000 RTP/AVP 0 97",
        "a=rtpmap:97 telephone-event/8000",
        "m=video 5002 RTP/AVP 103",
        "b=TIAS:1000000",
        "a=rtpmap:103 H264/90000",
        "a=fmtp:103 profile-level-id=42e01f",
        "a=rtcp-fb:* ccm fir"
    };

    @Test
    void offersAllItCan() {
        assertThat(negotiator.offer().text().lines())
                .containsExactly(
                        "v=0",
                        "o=- 4711 1 IN IP4 198.51.100.7",
                        "s=-",
                        "c=IN IP4 198.51.100.7",
                        "t=0 0",
                        "m=audio 40000 RTP/AVP 96 9 0 8 101",
                        "a=rtpmap:96 opus/48000/2",
                        "a=fmtp:96 useinbandfec=1",
                        "a=rtpmap:9 G722/8000",
                        "a=rtpmap:0 PCMU/8000",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:101 telephone-event/8000",
                        "a=fmtp:101 0-16",
                        "a=ptime:20",
                        "a=rtcp-mux",
                        "a=sendrecv",
                        "m=video 40002 RTP/AVP 102 103 104 105 106 112 113 114 115 116",
                        "b=AS:4134",
                        "b=TIAS:4000000",
                        "a=rtpmap:102 H264/90000",
                        "a=fmtp:102 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1;max-fs=3600;max-mbps=108000",
                        "a=rtpmap:103 H264/90000",
                        "a=fmtp:103 profile-level-id=42e01f;packetization-mode=0;level-asymmetry-allowed=1;max-fs=3600;max-mbps=108000",
                        "a=rtpmap:104 H264/90000",
                        "a=fmtp:104 profile-level-id=4d001f;packetization-mode=1;level-asymmetry-allowed=1;max-fs=3600;max-mbps=108000",
                        "a=rtpmap:105 H264/90000",
                        "a=fmtp:105 profile-level-id=64001f;packetization-mode=1;level-asymmetry-allowed=1;max-fs=3600;max-mbps=108000",
                        "a=rtpmap:106 VP8/90000",
                        "a=fmtp:106 max-fs=3600;max-fr=30",
                        "a=rtpmap:112 rtx/90000",
                        "a=fmtp:112 apt=102",
                        "a=rtpmap:113 rtx/90000",
                        "a=fmtp:113 apt=103",
                        "a=rtpmap:114 rtx/90000",
                        "a=fmtp:114 apt=104",
                        "a=rtpmap:115 rtx/90000",
                        "a=fmtp:115 apt=105",
                        "a=rtpmap:116 rtx/90000",
                        "a=fmtp:116 apt=106",
                        "a=rtcp-fb:* nack",
                        "a=rtcp-fb:* nack pli",
                        "a=rtcp-fb:* ccm fir",
                        "a=rtcp-fb:* ccm tmmbr",
                        "a=rtcp-fb:* transport-cc",
                        "a=extmap:5 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
                        "a=rtcp-mux",
                        "a=sendrecv");
    }

    @Test
    void takesTheAnswer() throws Exception {
        SessionDescription offer = negotiator.offer();
        Negotiation negotiation = negotiator.accept(Golden.session(ANSWER));

        assertThat(negotiation.local()).isEqualTo(offer);
        NegotiatedStream audio = Golden.stream(negotiation, MediaKind.AUDIO);
        assertThat(audio.codec().name()).isEqualTo("PCMU");
        // the other side sends digits with the number of our offer
        assertThat(audio.telephoneEvent().orElseThrow().payloadType()).isEqualTo(101);
        NegotiatedStream video = Golden.stream(negotiation, MediaKind.VIDEO);
        assertThat(video.codec().payloadType()).isEqualTo(103);
        assertThat(video.sendLimits()).contains(new VideoLimits(1280, 720, 30, 1_000_000));
        assertThat(video.feedback()).containsExactly(RtcpFeedback.FIR);
        assertThat(video.rtcpMux()).isFalse();
        assertThat(video.remoteRtcp().getPort()).isEqualTo(5003);
    }

    @Test
    void takesTheFirstCodecOfTheAnswer() throws Exception {
        negotiator.offer();
        Negotiation negotiation = negotiator.accept(Golden.session(
                "m=audio 5000 RTP/AVP 101 18 8 9", "a=rtpmap:101 telephone-event/8000", "m=video 0 RTP/AVP 106"));

        assertThat(negotiation.streams()).hasSize(1);
        assertThat(negotiation.streams().get(0).codec().name()).isEqualTo("PCMA");
    }

    @Test
    void takesAnAnswerThatRefusesEverything() throws Exception {
        negotiator.offer();

        assertThat(negotiator
                        .accept(Golden.session("m=audio 0 RTP/AVP 0", "m=video 0 RTP/AVP 106"))
                        .streams())
                .isEmpty();
    }

    @Test
    void refusesAnAnswerThatDoesNotFit() {
        assertMisfit("answer has another number of media lines than the offer", "m=audio 5000 RTP/AVP 0");
        assertMisfit("answer has media of another type in line 1", "m=video 0 RTP/AVP 106", "m=audio 5000 RTP/AVP 0");
        assertMisfit("answer has no codec of the offer for audio", "m=audio 5000 RTP/AVP 18", "m=video 0 RTP/AVP 106");
        assertMisfit(
                "audio over RTP/SAVP is not supported, only RTP/AVP and RTP/AVPF",
                "m=audio 5000 RTP/SAVP 0",
                "m=video 0 RTP/AVP 106");
    }

    private static void assertMisfit(String message, String... answer) {
        Negotiator fresh = Golden.negotiator();
        fresh.offer();

        assertThatThrownBy(() -> fresh.accept(Golden.session(answer)))
                .isInstanceOf(NegotiationException.class)
                .hasMessage(message);
        // the offer is gone: another one can be answered
        assertThatThrownBy(() -> fresh.accept(Golden.session(answer))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sendsOnlyWhatTheAnswerReceives() throws Exception {
        negotiator.offer();
        Negotiation negotiation =
                negotiator.accept(Golden.session("m=audio 5000 RTP/AVP 0", "a=sendonly", "m=video 0 RTP/AVP 106"));

        assertThat(negotiation.streams().get(0).direction()).isEqualTo(Direction.RECVONLY);
    }

    @Test
    void offersOnlyKindsThatTheEngineHas() {
        MediaCapabilities all = Golden.capabilities();
        MediaCapabilities audioOnly = new MediaCapabilities(all.audio(), List.of(), all.receiveLimits());

        assertThat(new Negotiator(Golden.media(), audioOnly, 1).offer().media())
                .extracting(MediaDescription::media)
                .containsExactly("audio");
    }

    @Test
    void keepsPlacesAndMeaningsOfPayloadTypesInALaterOffer() throws Exception {
        negotiator.answer(Golden.offer("cisco-ce"));
        SessionDescription offer = negotiator.offer();

        assertThat(offer.media())
                .extracting(line -> line.media() + " " + line.port() + " " + String.join(" ", line.formats()))
                .containsExactly(
                        // opus stays 114; digits stay 101
                        "audio 40000 114 9 0 8 101",
                        // H.264 stays 126 in mode 1 and 97 in mode 0
                        "video 40002 126 97 104 105 106 127 107 114 115 116",
                        "application 0 *",
                        "video 0 97 126 96 34 31 123",
                        "application 0 110",
                        "application 0 *");
        assertThat(offer.origin().sessionVersion()).isEqualTo("2");
        assertThat(offer.media().get(1).attribute("fmtp").orElseThrow())
                .startsWith("126 profile-level-id=42801f;packetization-mode=1;level-asymmetry-allowed=1");
    }

    @Test
    void offersVideoAgainThatAnEarlierOfferLeftOut() throws Exception {
        negotiator.answer(Golden.session("m=audio 5000 RTP/AVP 0"));

        assertThat(negotiator.offer().media())
                .extracting(MediaDescription::media)
                .containsExactly("audio", "video");
    }

    @Test
    void givesTheSameOfferAgainWithoutRaisingTheVersion() throws Exception {
        negotiator.offer();
        negotiator.accept(Golden.session(ANSWER));
        SessionDescription again = negotiator.offer();

        assertThat(again.origin().sessionVersion()).isEqualTo("1");
    }

    @Test
    void agreesWithItself() throws Exception {
        Negotiator other = new Negotiator(Golden.media("198.51.100.8"), Golden.capabilities(), 5);

        Negotiation there = other.answer(negotiator.offer());
        Negotiation here = negotiator.accept(there.local());

        assertThat(here.streams()).hasSize(2);
        assertThat(here.streams())
                .extracting(NegotiatedStream::codec)
                .extracting(RtpCodec::payloadType)
                .containsExactly(96, 102);
        assertThat(there.streams())
                .extracting(NegotiatedStream::codec)
                .extracting(RtpCodec::payloadType)
                .containsExactly(96, 102);
        assertThat(here.streams()).allMatch(NegotiatedStream::rtcpMux);
    }
}
