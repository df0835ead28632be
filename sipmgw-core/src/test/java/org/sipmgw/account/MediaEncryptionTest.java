package org.sipmgw.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.EncryptionPolicy.KeyExchange;
import org.sipmgw.sdp.EncryptionPolicy.Level;

@Tag("srtp")
class MediaEncryptionTest {
    private static final EncryptionPolicy GATEWAY = EncryptionPolicy.of(Level.OFF);

    @Test
    void anAccountThatSaysNothingHasTheGatewaysPolicy() {
        assertThat(MediaEncryption.UNSPECIFIED.policy(GATEWAY)).isSameAs(GATEWAY);
    }

    @Test
    void theMandatoryKindsHaveOneKeyExchangeAndNoPlainForm() {
        EncryptionPolicy sdes = MediaEncryption.SDES_REQUIRED.policy(GATEWAY);
        EncryptionPolicy feedback = MediaEncryption.SDES_REQUIRED_WITH_FEEDBACK.policy(GATEWAY);
        EncryptionPolicy dtls = MediaEncryption.DTLS_SRTP.policy(GATEWAY);

        assertThat(sdes.level()).isEqualTo(Level.REQUIRED);
        assertThat(sdes.accepted()).isEqualTo(Set.of(KeyExchange.SDES));
        assertThat(sdes.feedbackProfile()).isFalse();
        assertThat(feedback.feedbackProfile()).isTrue();
        assertThat(dtls.level()).isEqualTo(Level.REQUIRED);
        assertThat(dtls.accepted()).isEqualTo(Set.of(KeyExchange.DTLS));
    }

    @Test
    void theOptionalKindIsPlainWhereThePeerHasNone() {
        EncryptionPolicy optional = MediaEncryption.SDES_OPTIONAL.policy(GATEWAY);

        assertThat(optional.level()).isEqualTo(Level.PREFERRED);
        assertThat(optional.offered()).isEqualTo(KeyExchange.SDES);
    }
}
