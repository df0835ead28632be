package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.sdp.EncryptionPolicy.KeyExchange;
import org.sipmgw.sdp.EncryptionPolicy.Level;

/** Security descriptions (RFC 4568): what is answered, offered, kept and refused. */
@Tag("srtp")
class EncryptionTest {
    static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    static final String OTHER_KEY = "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
    private static final String SHA1_80 = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:";
    private static final String GCM_256_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKis=";

    static Negotiator negotiator(EncryptionPolicy policy) {
        MediaCapabilities plain = Golden.capabilities();
        return new Negotiator(
                new LocalMedia(Golden.media().address(), 40_000, 40_002, Optional.of(DtlsNegotiationTest.OURS)),
                new MediaCapabilities(plain.audio(), plain.video(), plain.receiveLimits(), Set.of(SrtpSuite.values())),
                policy,
                4711);
    }

    private static Negotiation answer(Level level, String protocol, String... crypto) throws Exception {
        return negotiator(EncryptionPolicy.of(level)).answer(offer(protocol, crypto));
    }

    private static SessionDescription offer(String protocol, String... crypto) throws SdpException {
        String[] lines = new String[crypto.length + 1];
        lines[0] = "m=audio 5000 " + protocol + " 0";
        System.arraycopy(crypto, 0, lines, 1, crypto.length);
        return Golden.session(lines);
    }

    private static MediaSecurity.Sdes sdes(Negotiation negotiation) {
        return (MediaSecurity.Sdes) negotiation.streams().get(0).security();
    }

    private static List<String> crypto(SessionDescription description) {
        return description.media().get(0).values("crypto").toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTP/SAVP", "RTP/SAVPF", "RTP/AVP", "RTP/AVPF"})
    void takesTheFirstLineThatBothSidesCanAndAnswersInItsTag(String protocol) throws Exception {
        Negotiation negotiation = answer(
                Level.PREFERRED,
                protocol,
                "a=crypto:3 F8_128_HMAC_SHA1_80 inline:" + KEY,
                "a=crypto:7 AEAD_AES_256_GCM inline:" + GCM_256_KEY + "|2^31",
                SHA1_80 + KEY);

        MediaSecurity.Sdes agreed = sdes(negotiation);
        assertThat(agreed.suite()).isEqualTo(SrtpSuite.AEAD_AES_256_GCM);
        assertThat(agreed.remote().key()).hasSize(32).startsWith(0, 1, 2);
        assertThat(agreed.remote().salt()).hasSize(12).endsWith(43);
        assertThat(negotiation.local().media().get(0).protocol()).isEqualTo(protocol);
        assertThat(crypto(negotiation.local()))
                .containsExactly("7 AEAD_AES_256_GCM inline:" + agreed.local().base64());
        assertThat(agreed.local()).isNotEqualTo(agreed.remote());
    }

    @ParameterizedTest
    @CsvSource({
        "inline:KEY|2^20|1:4, 4",
        "inline:KEY|1:1, 1",
        "inline:KEY|1048576, 0",
        "inline:KEY|2^48 WSH=128 -UNKNOWN, 0",
        "INLINE:KEY KDR=0, 0"
    })
    void readsLifetimeIdentifierAndParameters(String parameters, int mkiBytes) {
        CryptoLine line = CryptoLine.parse("1 AES_CM_128_HMAC_SHA1_80 " + parameters.replace("KEY", KEY))
                .orElseThrow();

        assertThat(line.mkiBytes()).isEqualTo(mkiBytes);
        assertThat(line.key().base64()).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "x AES_CM_128_HMAC_SHA1_80 inline:KEY",
                "1 AES_CM_128_HMAC_SHA1_80 KEY",
                "1 AES_CM_128_HMAC_SHA1_80 inline:",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEYA",
                "1 AES_CM_128_HMAC_SHA1_80 inline:!!!",
                "1 AEAD_AES_128_GCM inline:KEY",
                "1 AES_256_CM_HMAC_SHA1_80 inline:KEY",
                "1 NULL_HMAC_SHA1_80 inline:KEY",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^49",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:0",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:129",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4|2^20",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|x",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4;inline:KEY|2:4",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTCP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNAUTHENTICATED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY KDR=3"
            })
    void leavesOutWhatIsBrokenOrWeakensAndRefusesWhenNothingElseIsThere(String value) {
        String line = "a=crypto:" + value.replace("KEY", KEY);

        assertThat(CryptoLine.parse(value.replace("KEY", KEY))).isEmpty();
        assertThatThrownBy(() -> answer(Level.PREFERRED, "RTP/SAVP", line))
                .isInstanceOf(NegotiationException.class)
                .hasMessageContaining("no keys that can be used");
    }

    @Test
    void plainGoesOnWhereTheKeysBesideItAreBroken() throws Exception {
        Negotiation negotiation = answer(Level.PREFERRED, "RTP/AVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x");

        assertThat(negotiation.streams().get(0).security()).isEqualTo(MediaSecurity.plain());
        assertThat(crypto(negotiation.local())).isEmpty();
    }

    @Test
    void takesTheOtherNameOfTheLongCounterModeSuiteAndAnswersInIt() throws Exception {
        String key = SrtpMasterKey.random(SrtpSuite.AES_256_CM_HMAC_SHA1_80).base64();
        Negotiation negotiation =
                answer(Level.PREFERRED, "RTP/SAVP", "a=crypto:1 AES_CM_256_HMAC_SHA1_80 inline:" + key);

        assertThat(sdes(negotiation).suite()).isEqualTo(SrtpSuite.AES_256_CM_HMAC_SHA1_80);
        assertThat(crypto(negotiation.local()).get(0)).startsWith("1 AES_CM_256_HMAC_SHA1_80 inline:");
    }

    @ParameterizedTest
    @CsvSource({
        "OFF, RTP/AVP, plain",
        "OFF, RTP/SAVP, refused",
        "OPTIONAL, RTP/AVP, plain",
        "OPTIONAL, RTP/SAVP, encrypted",
        "PREFERRED, RTP/AVP, encrypted",
        "PREFERRED, RTP/SAVP, encrypted",
        "REQUIRED, RTP/AVP, encrypted",
        "REQUIRED, RTP/SAVP, encrypted"
    })
    void thePolicyDecidesWhatIsMadeOfKeysInAnOffer(Level level, String protocol, String outcome) throws Exception {
        if (outcome.equals("refused")) {
            assertThatThrownBy(() -> answer(level, protocol, SHA1_80 + KEY)).isInstanceOf(NegotiationException.class);
            return;
        }
        MediaSecurity agreed =
                answer(level, protocol, SHA1_80 + KEY).streams().get(0).security();
        assertThat(agreed instanceof MediaSecurity.Plain).isEqualTo(outcome.equals("plain"));
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void plainRtpIsRefusedWhereEncryptionIsRequiredOnly(Level level) throws Exception {
        if (level == Level.REQUIRED) {
            assertThatThrownBy(() -> answer(level, "RTP/AVP"))
                    .isInstanceOf(NegotiationException.class)
                    .hasMessageContaining("without usable encryption");
        } else {
            assertThat(answer(level, "RTP/AVP").streams().get(0).security()).isEqualTo(MediaSecurity.plain());
        }
    }

    @Test
    void aRefreshKeepsBothKeysAndNewKeysBringNewOnes() throws Exception {
        Negotiator negotiator = negotiator(EncryptionPolicy.preferred());
        Negotiation first = negotiator.answer(offer("RTP/SAVP", SHA1_80 + KEY));
        Negotiation refresh = negotiator.answer(offer("RTP/SAVP", SHA1_80 + KEY));
        Negotiation changed = negotiator.answer(offer("RTP/SAVP", SHA1_80 + OTHER_KEY));

        assertThat(refresh.changed()).isFalse();
        assertThat(refresh.local()).isEqualTo(first.local());
        assertThat(changed.changed()).isTrue();
        assertThat(sdes(changed).remote().base64()).isEqualTo(OTHER_KEY);
        assertThat(sdes(changed).local()).isNotEqualTo(sdes(first).local());
    }

    @Test
    void aFailedExchangeLeavesTheKeysInForce() throws Exception {
        Negotiator negotiator = negotiator(EncryptionPolicy.preferred());
        Negotiation first = negotiator.answer(offer("RTP/SAVP", SHA1_80 + KEY));

        assertThatThrownBy(() -> negotiator.answer(offer("RTP/SAVP"))).isInstanceOf(NegotiationException.class);
        assertThat(negotiator.answer(offer("RTP/SAVP", SHA1_80 + KEY)).local()).isEqualTo(first.local());
    }

    @Test
    void offersKeysOfAllSuitesBesidePlainRtpAndTakesTheOneThatIsAnswered() throws Exception {
        Negotiator negotiator = negotiator(EncryptionPolicy.preferred());
        SessionDescription offer = negotiator.offer();

        assertThat(offer.media()).extracting(MediaDescription::protocol).containsOnly("RTP/AVP");
        assertThat(crypto(offer))
                .extracting(line -> line.split(" ")[0] + " " + line.split(" ")[1])
                .containsExactly(
                        "1 AEAD_AES_256_GCM",
                        "2 AEAD_AES_128_GCM",
                        "3 AES_256_CM_HMAC_SHA1_80",
                        "4 AES_CM_128_HMAC_SHA1_80",
                        "5 AES_CM_128_HMAC_SHA1_32");
        String answered = "a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:" + KEY;
        Negotiation agreed =
                negotiator.accept(Golden.session("m=audio 5000 RTP/SAVP 0", answered, "m=video 0 RTP/AVP 102"));
        assertThat(crypto(offer).get(3)).endsWith(sdes(agreed).local().base64());
        assertThat(crypto(negotiator.offer()))
                .as("the later offer has the same key, and that alone")
                .containsExactly(crypto(offer).get(3));
        Negotiation again =
                negotiator.accept(Golden.session("m=audio 5000 RTP/AVP 0", answered, "m=video 0 RTP/AVP 102"));
        assertThat(again.changed()).isFalse();
    }

    @Test
    void anAnswerWithoutKeysToAnOfferThatOnlyPrefersThemIsPlain() throws Exception {
        Negotiator negotiator = negotiator(EncryptionPolicy.preferred());
        negotiator.offer();

        Negotiation agreed = negotiator.accept(Golden.session("m=audio 5000 RTP/AVP 0", "m=video 0 RTP/AVP 102"));
        assertThat(agreed.streams().get(0).security()).isEqualTo(MediaSecurity.plain());
        assertThat(crypto(negotiator.offer()))
                .as("keys stay out of later offers")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, RTP/SAVP", "true, RTP/SAVPF"})
    void anOfferThatRequiresEncryptionHasNoPlainForm(boolean feedback, String protocol) throws Exception {
        EncryptionPolicy required = EncryptionPolicy.of(Level.REQUIRED);
        Negotiator negotiator = negotiator(feedback ? required.withFeedbackProfile() : required);

        assertThat(negotiator.offer().media())
                .extracting(MediaDescription::protocol)
                .containsOnly(protocol);
        assertThatThrownBy(() -> negotiator.accept(Golden.session("m=audio 5000 RTP/AVP 0", "m=video 0 RTP/AVP 102")))
                .isInstanceOf(NegotiationException.class);
    }

    @Test
    void anAnswerThatSelectsWhatWasNotOfferedDoesNotFit() throws Exception {
        Negotiator negotiator =
                negotiator(EncryptionPolicy.of(Level.REQUIRED).withSuites(List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80)));
        negotiator.offer();

        assertThatThrownBy(() -> negotiator.accept(Golden.session(
                        "m=audio 5000 RTP/SAVP 0",
                        "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
                        "m=video 0 RTP/SAVP 102")))
                .isInstanceOf(NegotiationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poly-g7500-srtp", "cisco-ce-srtp", "baresip-srtp", "baresip-dtls-srtp"})
    void goldenOffersRoundTripAndAreAnsweredEncrypted(String name) throws Exception {
        String text = Golden.text(name);
        SessionDescription offer = SessionDescription.parse(text);
        Negotiation negotiation = negotiator(EncryptionPolicy.preferred()).answer(offer);

        assertThat(offer.text()).isEqualTo(text);
        assertThat(negotiation.streams())
                .hasSize(2)
                .noneMatch(stream -> stream.security() instanceof MediaSecurity.Plain);
        assertThat(SessionDescription.parse(negotiation.local().text())).isEqualTo(negotiation.local());
    }

    @Test
    void keysAreInNoText() throws Exception {
        Negotiator negotiator = negotiator(EncryptionPolicy.preferred());
        SessionDescription offer = offer("RTP/SAVP", SHA1_80 + KEY);
        Negotiation negotiation = negotiator.answer(offer);
        String own = sdes(negotiation).local().base64();

        assertThat(offer + " " + negotiation + " " + negotiation.streams()
                        + sdes(negotiation).local())
                .doesNotContain(KEY)
                .doesNotContain(own)
                .contains("***");
        assertThatThrownBy(() -> answer(Level.PREFERRED, "RTP/SAVP", SHA1_80 + KEY + "A"))
                .hasMessageNotContaining(KEY);
    }

    @Test
    void keyExchangesThatAreNotAcceptedAreAsIfNotOffered() {
        EncryptionPolicy dtlsOnly = EncryptionPolicy.preferred().withKeyExchanges(KeyExchange.DTLS, Set.of());

        assertThatThrownBy(() -> negotiator(dtlsOnly).answer(offer("RTP/SAVP", SHA1_80 + KEY)))
                .isInstanceOf(NegotiationException.class);
    }
}
