package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final String VP8 = "a=rtpmap:96 VP8/90000";

    private static Negotiation answer(String... lines) throws Exception {
        return Golden.negotiator().answer(Golden.session(lines));
    }

    private static NegotiatedStream video(String... lines) throws Exception {
        return Golden.stream(answer(lines), MediaKind.VIDEO);
    }

    @Test
    void answersEveryLineInOrderAndRefusesWhatIsUnknownInItsForm() throws Exception {
        Negotiation negotiation = answer(
                "m=text 11000 RTP/AVP 98",
                "a=rtpmap:98 t140/1000",
                "m=video 5002 RTP/AVP 96",
                VP8,
                "m=audio 0 RTP/AVP 0",
                "m=audio 5000 RTP/AVP 0",
                "m=audio 5010 RTP/AVP 8",
                "m=image 5004 udptl t38",
                "m=application 5006 UDP/BFCP *",
                "m=message 7 TCP/MSRP *");

        assertThat(negotiation.local().media())
                .extracting(line -> line.media() + " " + line.port() + " " + line.protocol() + " "
                        + String.join(" ", line.formats()))
                .containsExactly(
                        "text 0 RTP/AVP 98",
                        "video 40002 RTP/AVP 96",
                        "audio 0 RTP/AVP 0",
                        "audio 40000 RTP/AVP 0",
                        "audio 0 RTP/AVP 8",
                        "image 0 udptl t38",
                        "application 0 UDP/BFCP *",
                        "message 0 TCP/MSRP *");
        assertThat(negotiation.streams()).extracting(NegotiatedStream::index).containsExactly(1, 3);
    }

    @Test
    void refusesSlidesEvenAsTheOnlyVideo() throws Exception {
        Negotiation negotiation = answer("m=audio 5000 RTP/AVP 0", "m=video 5002 RTP/AVP 96", VP8, "a=content:slides");

        assertThat(negotiation.local().media().get(1).port()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTP/SAVP", "RTP/SAVPF", "UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF", "TCP/RTP/AVP"})
    void refusesOtherTransportsThanPlainRtp(String protocol) {
        assertThatThrownBy(() -> answer(
                        "m=audio 5000 " + protocol + " 0",
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
                        "m=application 5006 UDP/BFCP *"))
                .isInstanceOf(NegotiationException.class)
                .hasMessageContaining(protocol)
                .extracting(e -> ((NegotiationException) e).warningCode())
                .isEqualTo(302);
    }

    @Test
    void refusesAWebRtcOffer() throws Exception {
        SessionDescription offer = Golden.offer("chromium-webrtc");

        assertThatThrownBy(() -> Golden.negotiator().answer(offer)).isInstanceOf(NegotiationException.class);
    }

    @Test
    void takesThePlainLineBesideAnEncryptedOne() throws Exception {
        Negotiation negotiation = answer("m=audio 5000 RTP/SAVP 0", "m=audio 5000 RTP/AVP 0");

        assertThat(negotiation.local().media())
                .extracting(MediaDescription::port)
                .containsExactly(0, 40_000);
    }

    @Test
    void ignoresKeysOnPlainRtp() throws Exception {
        Negotiation negotiation = answer(
                "m=audio 5000 RTP/AVP 0",
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz");

        assertThat(negotiation.streams().get(0).security()).isEqualTo(MediaSecurity.plain());
        assertThat(negotiation.local().text()).doesNotContain("crypto");
    }

    @Test
    void answersOnlyTheFeedbackThatWasOfferedForTheChosenFormat() throws Exception {
        Negotiation negotiation = answer(
                "m=video 5002 RTP/AVPF 97 96",
                VP8,
                "a=rtpmap:97 H265/90000",
                "a=rtcp-fb:97 ccm tmmbr",
                "a=rtcp-fb:96 nack",
                "a=rtcp-fb:96 nack rpsi",
                "a=rtcp-fb:96 goog-remb",
                "a=rtcp-fb:* ccm fir");

        MediaDescription line = negotiation.local().media().get(0);
        assertThat(line.protocol()).isEqualTo("RTP/AVPF");
        assertThat(line.values("rtcp-fb")).containsExactly("96 nack", "96 goog-remb", "* ccm fir");
        assertThat(negotiation.streams().get(0).feedback())
                .containsExactlyInAnyOrder(RtcpFeedback.NACK, RtcpFeedback.REMB, RtcpFeedback.FIR);
    }

    @Test
    void takesFeedbackOnPlainAvpToo() throws Exception {
        assertThat(video("m=video 5002 RTP/AVP 96", VP8, "a=rtcp-fb:* nack pli", "a=rtcp-fb:* ccm tmmbr")
                        .feedback())
                .containsExactlyInAnyOrder(RtcpFeedback.PLI, RtcpFeedback.TMMBR);
        assertThat(video("m=video 5002 RTP/AVP 96", VP8).feedback()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a=x,                              192.0.2.1:5003",
        "a=rtcp-mux,                       192.0.2.1:5002",
        "a=rtcp:6001,                      192.0.2.1:6001",
        "a=rtcp:6001 IN IP4 192.0.2.77,    192.0.2.77:6001",
        "a=rtcp:6001 IN IP4 224.0.0.1,     192.0.2.1:6001",
        "a=rtcp:6001 IN IP6 2001:db8::1,   192.0.2.1:6001",
        "a=rtcp:99999,                     192.0.2.1:5003",
        "a=rtcp:,                          192.0.2.1:5003",
    })
    void findsWhereRtcpGoes(String attribute, String expected) throws Exception {
        NegotiatedStream video = video("m=video 5002 RTP/AVP 96", VP8, attribute);

        assertThat(text(video.remoteRtcp())).isEqualTo(expected);
        assertThat(text(video.remoteRtp())).isEqualTo("192.0.2.1:5002");
        assertThat(video.rtcpMux()).isEqualTo(attribute.equals("a=rtcp-mux"));
    }

    @Test
    void agreesToMultiplexRtcpOnlyIfOffered() throws Exception {
        assertThat(answer("m=audio 5000 RTP/AVP 0", "a=rtcp-mux").local().text())
                .contains("a=rtcp-mux\r\n");
        assertThat(answer("m=audio 5000 RTP/AVP 0").local().text()).doesNotContain("rtcp-mux");
    }

    @ParameterizedTest
    @CsvSource({
        "b=TIAS:1500000,          1500000",
        "b=AS:1240,               1200000",
        "b=AS:9000|b=TIAS:512000, 512000",
        "b=TIAS:99000000,         14000000",
        "b=X-Y:5,                 14000000",
    })
    void boundsTheBitrateByBandwidthLines(String lines, int expected) throws Exception {
        String[] all = ("m=video 5002 RTP/AVP 96|" + lines + "|" + VP8).split("\\|", -1);

        assertThat(video(all).sendLimits().orElseThrow().maxBitrateBps()).isEqualTo(expected);
    }

    @Test
    void boundsTheBitrateByTheSessionWhereTheLineSaysNothing() throws Exception {
        SessionDescription offer = SessionDescription.parse("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\n"
                + "b=TIAS:700000\nt=0 0\nm=video 5002 RTP/AVP 96\n" + VP8);

        NegotiatedStream video = Golden.negotiator().answer(offer).streams().get(0);

        assertThat(video.sendLimits().orElseThrow().maxBitrateBps()).isEqualTo(700_000);
    }

    @ParameterizedTest
    @CsvSource({
        "a=x,                                 1280, 720, 30",
        "a=fmtp:96 max-fs=3600;max-fr=60,     1280, 720, 60",
        "a=fmtp:96 max-fs=8160;max-fr=15,     1920, 1080, 15",
        "a=fmtp:96 max-fs=920,                640, 360, 30",
        "a=framerate:12.5,                    1280, 720, 12",
    })
    void readsTheLimitsOfVp8(String attribute, int width, int height, int frameRate) throws Exception {
        VideoLimits limits =
                video("m=video 5002 RTP/AVP 96", VP8, attribute).sendLimits().orElseThrow();

        assertThat(limits).isEqualTo(new VideoLimits(width, height, frameRate, 14_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "a=x, 20",
        "a=ptime:20, 20",
        "a=ptime:30, 30",
        "a=ptime:40, 40",
        "a=ptime:5, 10",
        "a=ptime:200, 60",
        "a=ptime:33, 30",
        "a=maxptime:10, 10",
        "a=ptime:0, 10",
        "a=ptime:x, 20",
        "a=ptime:20.0, 20",
    })
    void agreesOnThePacketTime(String attribute, int expected) throws Exception {
        Negotiation negotiation = answer("m=audio 5000 RTP/AVP 0", attribute);

        assertThat(negotiation.streams().get(0).packetTimeMs()).isEqualTo(expected);
        assertThat(negotiation.local().media().get(0).attribute("ptime")).contains(Integer.toString(expected));
    }

    @Test
    void echoesMidButBundlesNothing() throws Exception {
        SessionDescription offer = SessionDescription.parse("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\n"
                + "t=0 0\na=group:BUNDLE a v\nm=audio 5000 RTP/AVP 0\na=mid:a\nm=video 0 RTP/AVP 96\n"
                + VP8 + "\na=mid:v\na=bundle-only");

        SessionDescription answer = Golden.negotiator().answer(offer).local();

        assertThat(answer.text()).doesNotContain("BUNDLE");
        assertThat(answer.media())
                .extracting(line -> line.attribute("mid").orElseThrow())
                .containsExactly("a", "v");
        assertThat(answer.media().get(1).port()).isZero();
    }

    @Test
    void speaksIpv6() throws Exception {
        Negotiator negotiator = new Negotiator(Golden.media("2001:db8::7"), Golden.capabilities(), 1);

        Negotiation negotiation = negotiator.answer(Golden.session("m=audio 5000 RTP/AVP 0", "c=IN IP6 2001:db8::1"));

        assertThat(negotiation.local().text()).contains("o=- 1 1 IN IP6 2001:db8:0:0:0:0:0:7\r\n");
        assertThat(text(negotiation.streams().get(0).remoteRtp())).isEqualTo("2001:db8:0:0:0:0:0:1:5000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c=IN IP6 2001:db8::1", "c=IN IP4 room.example.com", "c=IN IP4 233.252.0.1/127"})
    void refusesAddressesItCannotReach(String connection) {
        assertThatThrownBy(() -> answer("m=audio 5000 RTP/AVP 0", connection))
                .isInstanceOf(NegotiationException.class)
                .extracting(e -> ((NegotiationException) e).warningCode())
                .isEqualTo(301);
    }

    @Test
    void answersAnOfferWithoutAnyActiveLine() throws Exception {
        assertThat(answer().streams()).isEmpty();
        assertThat(answer("m=audio 0 RTP/AVP 0").streams()).isEmpty();
    }

    @Test
    void refusesAnOfferWithoutAudioAndVideo() {
        assertThatThrownBy(() -> answer("m=application 5006 UDP/BFCP *"))
                .isInstanceOf(NegotiationException.class)
                .hasMessage("no media of type application");
    }

    @Test
    void copiesTheTimeOfTheOfferButNoKey() throws Exception {
        SessionDescription offer = SessionDescription.parse(
                "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=x\nc=IN IP4 192.0.2.1\nt=3 4\nk=prompt\nm=audio 5000 RTP/AVP 0\n");

        assertThat(Golden.negotiator().answer(offer).local().text())
                .contains("t=3 4\r\n")
                .doesNotContain("k=");
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
