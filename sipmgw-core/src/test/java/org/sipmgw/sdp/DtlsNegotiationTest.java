package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.sdp.EncryptionPolicy.KeyExchange;
import org.sipmgw.sdp.EncryptionPolicy.Level;

/** DTLS-SRTP in offer and answer (RFC 5763, RFC 8842, RFC 8122). */
@Tag("srtp")
class DtlsNegotiationTest {
    static final Fingerprint OURS = Fingerprint.parse("sha-256 " + octets(32, 0xA0));
    private static final String THEIRS = "sha-256 " + octets(32, 1);
    private static final String STRONGER = "sha-384 " + octets(48, 2);
    private static final String ID = "a=tls-id:0123456789abcdef0123456789abcdef";

    private static String octets(int count, int first) {
        List<String> octets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            octets.add(String.format("%02X", (first + i) & 0xFF));
        }
        return String.join(":", octets);
    }

    private static SessionDescription offer(String protocol, String setup, String fingerprint, String... more)
            throws SdpException {
        List<String> lines = new ArrayList<>(
                List.of("m=audio 5000 " + protocol + " 0", "a=setup:" + setup, "a=fingerprint:" + fingerprint));
        lines.addAll(List.of(more));
        return Golden.session(lines.toArray(String[]::new));
    }

    private static Negotiator negotiator() {
        return EncryptionTest.negotiator(EncryptionPolicy.preferred());
    }

    private static MediaSecurity.Dtls dtls(Negotiation negotiation) {
        return (MediaSecurity.Dtls) negotiation.streams().get(0).security();
    }

    @ParameterizedTest
    @CsvSource({
        "UDP/TLS/RTP/SAVPF, actpass, passive, false",
        "UDP/TLS/RTP/SAVP, active, passive, false",
        "UDP/TLS/RTP/SAVP, passive, active, true",
        "RTP/SAVPF, actpass, passive, false",
        "RTP/AVP, actpass, passive, false"
    })
    void answersInTheRoleThatIsLeft(String protocol, String setup, String answered, boolean client) throws Exception {
        Negotiation negotiation = negotiator().answer(offer(protocol, setup, THEIRS));
        MediaDescription line = negotiation.local().media().get(0);

        assertThat(line.protocol()).isEqualTo(protocol);
        assertThat(line.attribute("setup")).hasValue(answered);
        assertThat(line.attribute("fingerprint")).hasValue(OURS.toString());
        assertThat(line.has("tls-id")).as("an older side has no tls-id").isFalse();
        assertThat(dtls(negotiation).client()).isEqualTo(client);
        assertThat(dtls(negotiation).fingerprints()).containsExactly(Fingerprint.parse(THEIRS));
    }

    @Test
    void theStrongestHashFunctionCountsAndTheSessionsFingerprintServesAllLines() throws Exception {
        SessionDescription offer = SessionDescription.parse(
                "v=0\no=room 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\na=setup:actpass\na=fingerprint:sha-1 "
                        + octets(20, 1) + "\na=fingerprint:" + THEIRS + "\na=fingerprint:" + STRONGER
                        + "\nm=audio 5000 UDP/TLS/RTP/SAVP 0\nm=video 5002 UDP/TLS/RTP/SAVP 96\na=rtpmap:96 VP8/90000");
        Negotiation negotiation = negotiator().answer(offer);

        assertThat(negotiation.streams()).hasSize(2);
        assertThat(dtls(negotiation).fingerprints()).containsExactly(Fingerprint.parse(STRONGER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-1 4A:AD:B9", "md5 00", "sha-256", "sha-256 "})
    void refusesWithoutAFingerprintThatProves(String fingerprint) {
        assertThatThrownBy(() -> negotiator().answer(offer("UDP/TLS/RTP/SAVPF", "actpass", fingerprint)))
                .isInstanceOf(NegotiationException.class);
        assertThatThrownBy(() -> negotiator().answer(offer("UDP/TLS/RTP/SAVPF", "holdconn", THEIRS)))
                .isInstanceOf(NegotiationException.class);
    }

    @Test
    void aRefreshKeepsAssociationRoleAndName() throws Exception {
        Negotiator negotiator = negotiator();
        Negotiation first = negotiator.answer(offer("UDP/TLS/RTP/SAVPF", "passive", THEIRS, ID));
        Negotiation refresh = negotiator.answer(offer("UDP/TLS/RTP/SAVPF", "actpass", THEIRS, ID));

        assertThat(dtls(first).client()).isTrue();
        assertThat(first.local().media().get(0).attribute("tls-id"))
                .hasValue(dtls(first).localTlsId());
        assertThat(refresh.changed()).isFalse();
        assertThat(refresh.local().media().get(0).attribute("setup")).hasValue("active");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void anotherFingerprintOrNameIsAnotherAssociation(boolean otherFingerprint, boolean otherName) throws Exception {
        Negotiator negotiator = negotiator();
        Negotiation first = negotiator.answer(offer("UDP/TLS/RTP/SAVPF", "actpass", THEIRS, ID));
        Negotiation next = negotiator.answer(offer(
                "UDP/TLS/RTP/SAVPF",
                "actpass",
                otherFingerprint ? STRONGER : THEIRS,
                otherName ? ID.replace('0', '1') : ID));

        assertThat(next.changed()).isTrue();
        assertThat(dtls(next).localTlsId())
                .isNotEqualTo(dtls(first).localTlsId())
                .hasSizeBetween(20, 255);
    }

    @Test
    void offersToBeEitherAndTakesTheRoleThatTheAnswerLeaves() throws Exception {
        Negotiator negotiator = EncryptionTest.negotiator(EncryptionPolicy.of(Level.REQUIRED)
                .withKeyExchanges(KeyExchange.DTLS, Set.of())
                .withFeedbackProfile());
        SessionDescription offer = negotiator.offer();
        MediaDescription line = offer.media().get(0);
        assertThat(line.protocol()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(line.attribute("setup")).hasValue("actpass");
        String[] answer = {
            "m=audio 5000 UDP/TLS/RTP/SAVPF 0",
            "a=setup:passive",
            "a=fingerprint:" + THEIRS,
            "m=video 0 UDP/TLS/RTP/SAVPF 102"
        };

        Negotiation agreed = negotiator.accept(Golden.session(answer));
        assertThat(dtls(agreed).client()).isTrue();
        assertThat(line.attribute("tls-id")).hasValue(dtls(agreed).localTlsId());
        MediaDescription later = negotiator.offer().media().get(0);
        assertThat(later.attribute("tls-id")).isEqualTo(line.attribute("tls-id"));
        assertThat(negotiator.accept(Golden.session(answer)).changed()).isFalse();
    }

    @Test
    void dtlsComesBeforeKeysInTheDescriptionWhereBothAreOffered() throws Exception {
        Negotiation negotiation = negotiator()
                .answer(offer(
                        "RTP/AVP",
                        "actpass",
                        THEIRS,
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + EncryptionTest.KEY));

        assertThat(negotiation.streams().get(0).security()).isInstanceOf(MediaSecurity.Dtls.class);
        assertThat(negotiation.local().media().get(0).has("crypto")).isFalse();
    }
}
