package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.Account;
import org.sipmgw.account.DtmfMode;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.fakes.FakeEngine;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.tls.TlsSettings;

@Tag("registrar")
class AccountWishesTest {

    private static final MediaCapabilities ALL = new FakeEngine().capabilities();

    private static AccountWishes wishes(String parameters) {
        return new AccountWishes(Optional.of(Account.parse("<sip:a@h>" + parameters)));
    }

    @Test
    void withoutAnAccountNothingChanges() {
        AccountWishes none = new AccountWishes(Optional.empty());

        assertThat(none.capabilities(ALL)).isEqualTo(ALL);
        assertThat(none.nat(TlsSettings.defaults())).isEmpty();
        assertThat(none.encryption(EncryptionPolicy.preferred())).isEqualTo(EncryptionPolicy.preferred());
    }

    @Test
    void codecsAreThoseOfTheAccountInItsOrderAndKeysStay() {
        assertThat(wishes(";audio_codecs=pcmu,opus/48000/2;video_codecs=av2")
                        .capabilities(ALL)
                        .audio())
                .extracting(RtpCodec::name)
                .containsExactly("PCMU", "opus", "telephone-event");
        assertThat(wishes(";audio_codecs=pcmu").capabilities(ALL).audio()).hasSize(2);
        assertThat(wishes(";video_codecs=av2").capabilities(ALL).video()).isEqualTo(ALL.video());
    }

    @Test
    void encryptionNatAndKeysAreThoseOfTheAccount() {
        AccountWishes wishes = wishes(";mediaenc=dtls_srtp;medianat=turn;stunserver=turn:192.0.2.1;stunuser=u;"
                + "stunpass=p;answerdelay=300;dtmfmode=info");

        EncryptionPolicy encryption = wishes.encryption(EncryptionPolicy.preferred());
        assertThat(encryption.level()).isEqualTo(EncryptionPolicy.Level.REQUIRED);
        assertThat(encryption.offered()).isEqualTo(EncryptionPolicy.KeyExchange.DTLS);
        assertThat(wishes.nat(TlsSettings.defaults()).orElseThrow().traversal()).isEqualTo(NatTraversal.TURN);
        assertThat(wishes.keys()).isEqualTo(DtmfMode.INFO);
    }

    @Test
    void aServerThatCannotDoWhatIsAskedIsRefusedAtOnce() {
        assertThatThrownBy(() -> Gateway.builder()
                        .account(Account.parse("<sip:a@h>;medianat=stun;stunserver=stun:h?transport=tcp")))
                .isInstanceOf(ConfigException.class);
    }
}
