package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipmgw.examples.DemoWish.Encryption;
import org.sipmgw.spi.ConfigException;

class DemoWishTest {

    private static DemoWish wish(boolean virtual, Encryption encryption) {
        return new DemoWish(
                640, 360, 6, "H264", virtual, Optional.empty(), Optional.empty(), encryption, false, Devices.BRIDGED);
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void theVirtualPhoneEncryptsInEveryWay(Encryption encryption) {
        assertThat(wish(true, encryption).encryption()).isEqualTo(encryption);
    }

    @ParameterizedTest
    @EnumSource(
            value = Encryption.class,
            names = {"SDES", "DTLS"})
    void baresipWithEncryptionIsRefused(Encryption encryption) {
        assertThatThrownBy(() -> wish(false, encryption))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--encryption")
                .hasMessageContaining("with --room-system virtual");
    }

    @Test
    void baresipWithoutEncryptionIsFine() {
        assertThat(wish(false, Encryption.NONE).virtual()).isFalse();
    }
}
