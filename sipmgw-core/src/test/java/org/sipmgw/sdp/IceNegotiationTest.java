package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("turn")
class IceNegotiationTest {
    private static final String LINE = "m=audio 4000 RTP/AVP 0";
    private static final String CANDIDATE = "a=candidate:1 1 UDP 2130706431 192.0.2.1 4000 typ host";
    private static final String RTCP = "a=candidate:1 2 UDP 2130706430 192.0.2.1 4001 typ host";

    private static List<IceCandidate> ours() {
        return List.of(
                new IceCandidate("1", 1, 2_130_706_431L, new InetSocketAddress("198.51.100.7", 40_000), "host"),
                new IceCandidate("1", 2, 2_130_706_430L, new InetSocketAddress("198.51.100.7", 40_001), "host"),
                new IceCandidate("3", 1, 16_777_215L, new InetSocketAddress("203.0.113.9", 50_000), "relay"));
    }

    private static Negotiator negotiator(boolean offers) {
        LocalMedia media = Golden.media().withCandidates(Map.of(MediaKind.AUDIO, ours()), offers);
        return new Negotiator(media, Golden.capabilities(), 4711);
    }

    private static SessionDescription offer(String ufrag, String... more) throws SdpException {
        String[] lines = new String[more.length + 5];
        lines[0] = LINE;
        lines[1] = "a=ice-ufrag:" + ufrag;
        lines[2] = "a=ice-pwd:1234567890123456789012";
        lines[3] = CANDIDATE;
        lines[4] = RTCP;
        System.arraycopy(more, 0, lines, 5, more.length);
        return Golden.session(lines);
    }

    private static Optional<IceSession> ice(Negotiation agreed) {
        return Golden.stream(agreed, MediaKind.AUDIO).options().ice();
    }

    @Test
    void anOfferWithIceIsAnsweredWithOurCandidatesAndNewCredentials() throws Exception {
        Negotiation agreed = negotiator(false).answer(offer("abcd"));
        IceSession session = ice(agreed).orElseThrow();
        assertThat(session.controlling()).isFalse();
        assertThat(session.remote().candidates()).hasSize(2);
        assertThat(agreed.local().text())
                .contains("a=ice-ufrag:" + session.local().ufrag())
                .contains("a=ice-pwd:" + session.local().password())
                .contains("a=candidate:1 2 UDP 2130706430 198.51.100.7 40001 typ host")
                .contains("a=candidate:3 1 UDP 16777215 203.0.113.9 50000 typ relay raddr 0.0.0.0 rport 9");
        assertThat(session.toString()).doesNotContain(session.local().password());
    }

    @Test
    void withMuxOnlyRtpHasCandidates() throws Exception {
        Negotiation agreed = negotiator(false).answer(offer("abcd", "a=rtcp-mux"));
        assertThat(agreed.local().text()).doesNotContain(" 2 UDP ");
    }

    @Test
    void anotherUserFragmentRestartsAndTheSameOneDoesNot() throws Exception {
        Negotiator negotiator = negotiator(false);
        IceSession first = ice(negotiator.answer(offer("abcd"))).orElseThrow();
        IceSession same = ice(negotiator.answer(offer("abcd", "a=sendrecv"))).orElseThrow();
        IceSession other = ice(negotiator.answer(offer("efgh"))).orElseThrow();
        assertThat(same.local()).isEqualTo(first.local());
        assertThat(other.local().ufrag()).isNotEqualTo(first.local().ufrag());
        assertThat(other.local().password()).isNotEqualTo(first.local().password());
    }

    @Test
    void aSideThatIsLiteIsControlled() throws Exception {
        SessionDescription lite =
                SessionDescription.parse(offer("abcd").text().replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n"));
        assertThat(ice(negotiator(false).answer(lite)).orElseThrow().controlling())
                .isTrue();
    }

    @Test
    void addressesThatSomethingHasChangedAreAMismatch() throws Exception {
        SessionDescription changed = Golden.session(
                "m=audio 6000 RTP/AVP 0", "a=ice-ufrag:abcd", "a=ice-pwd:1234567890123456789012", CANDIDATE);
        Negotiation agreed = negotiator(false).answer(changed);
        assertThat(ice(agreed)).isEmpty();
        assertThat(agreed.local().text()).contains("a=ice-mismatch").doesNotContain("a=candidate");
    }

    @Test
    void ourOffersHaveIceOnlyWhereThePolicySaysSo() {
        assertThat(negotiator(false).offer().text()).doesNotContain("a=ice-ufrag");
        assertThat(negotiator(true).offer().text()).contains("a=ice-ufrag").contains("a=candidate:1 1 UDP");
    }

    @Test
    void theAnswerToOurOfferMakesUsControlWithTheCredentialsThatWeOffered() throws Exception {
        Negotiator negotiator = negotiator(true);
        SessionDescription ours = negotiator.offer();
        SessionDescription answer = SessionDescription.parse(offer("abcd").text() + "m=video 0 RTP/AVP 102\r\n");
        IceSession session = ice(negotiator.accept(answer)).orElseThrow();
        assertThat(session.controlling()).isTrue();
        assertThat(ours.text()).contains("a=ice-ufrag:" + session.local().ufrag());
    }

    @Test
    void anAnswerWithoutIceIsServedWithoutIt() throws Exception {
        Negotiator negotiator = negotiator(true);
        negotiator.offer();
        assertThat(ice(negotiator.accept(Golden.session(LINE, "m=video 0 RTP/AVP 102"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=candidate:1 1 UDP 2130706431 192.0.2.1 4000 typ host"})
    void anOfferThatTricklesIsAnsweredWithAllOurCandidatesAndIsNoHold(String candidate) throws Exception {
        String offer = Golden.session(
                        "m=audio 9 RTP/AVP 0",
                        "c=IN IP4 0.0.0.0",
                        "a=rtcp-mux",
                        "a=ice-options:trickle",
                        "a=ice-ufrag:abcd",
                        "a=ice-pwd:1234567890123456789012")
                .text();
        Negotiation agreed = negotiator(false)
                .answer(SessionDescription.parse(candidate.isEmpty() ? offer : offer + candidate + "\r\n"));
        assertThat(agreed.local().text())
                .contains("a=candidate:1 1 UDP", "a=candidate:3 1 UDP", "a=sendrecv")
                .doesNotContain("ice-options", "trickle");
        NegotiatedStream stream = Golden.stream(agreed, MediaKind.AUDIO);
        assertThat(stream.direction()).isEqualTo(Direction.SENDRECV);
        assertThat(stream.remoteRtp().getAddress().isAnyLocalAddress()).isFalse();
        assertThat(stream.options().ice().orElseThrow().remote().candidates()).hasSize(candidate.isEmpty() ? 0 : 1);
        assertThat(OfferedTransport.of(offer)).contains(new OfferedTransport(false, true, true));
    }

    @Test
    void weNeverOfferToTrickle() {
        assertThat(negotiator(true).offer().text()).contains("a=candidate").doesNotContain("ice-options", "trickle");
    }

    @Test
    void anOfferSaysWhetherOnePortIsEnough() throws Exception {
        String ice = offer("abcd", "a=rtcp-mux").text();
        assertThat(OfferedTransport.of(ice)).contains(new OfferedTransport(false, true, true));
        assertThat(OfferedTransport.of(ice + "m=video 4002 RTP/AVP 96\r\n"))
                .contains(new OfferedTransport(false, true, false));
        assertThat(OfferedTransport.of(ice + "m=video 0 RTP/AVP 96\r\n"))
                .contains(new OfferedTransport(false, true, true));
        assertThat(OfferedTransport.of(offer("abcd").text())).contains(new OfferedTransport(false, true, false));
        assertThat(OfferedTransport.of(Golden.session("m=audio 4000 RTP/AVP 0", "c=IN IP6 2001:db8::1")
                        .text()))
                .contains(new OfferedTransport(true, false, false));
        assertThat(OfferedTransport.of("nonsense")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 1 TCP 1 192.0.2.1 9 typ host tcptype active",
                "1 1 UDP 1 4f1a.local 9 typ host",
                "1 3 UDP 1 192.0.2.1 9 typ host",
                "1 1 UDP 99999999999 192.0.2.1 9 typ host",
                "1 1 UDP 1 192.0.2.1 0 typ host",
                "1 1 UDP 1 192.0.2.1 70000 typ host",
                "1 1 UDP 1 224.0.0.1 9 typ host",
                "ä 1 UDP 1 192.0.2.1 9 typ host",
                "1 1 UDP 1 192.0.2.1 9",
                ""
            })
    void candidatesOfNoUseAreLeftOut(String value) {
        assertThat(IceCandidate.parse(value)).isEmpty();
    }

    @Test
    void relayedAddressesStandInTheLinesAndRtcpsBesideThem() throws Exception {
        LocalMedia media = Golden.media()
                .stating(Map.of(
                        MediaKind.AUDIO,
                        new StatedAddresses(
                                new InetSocketAddress("203.0.113.9", 50_000),
                                new InetSocketAddress("203.0.113.9", 50_001)),
                        MediaKind.VIDEO,
                        new StatedAddresses(
                                new InetSocketAddress("203.0.113.10", 50_002),
                                new InetSocketAddress("203.0.113.10", 50_020))));
        String offer =
                new Negotiator(media, Golden.capabilities(), 4711).offer().text();
        assertThat(offer)
                .contains("c=IN IP4 203.0.113.9\r\nt=")
                .contains("m=audio 50000 ")
                .contains("m=video 50002 ")
                .contains("c=IN IP4 203.0.113.10\r\n")
                .contains("a=rtcp:50020 IN IP4 203.0.113.10")
                .doesNotContain("a=rtcp:50001")
                .doesNotContain("198.51.100.7");
    }
}
