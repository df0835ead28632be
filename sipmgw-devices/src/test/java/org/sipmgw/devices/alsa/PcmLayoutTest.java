package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PcmLayoutTest {

    @Test
    void structuresAreAsLongAsTheIoctlNumbersSay() {
        assertThatCode(() -> PcmLayout.check("amd64")).doesNotThrowAnyException();
        assertThatCode(() -> PcmLayout.check("aarch64")).doesNotThrowAnyException();
        assertThat(PcmLayout.argumentBytes(PcmLayout.HW_PARAMS)).isEqualTo(608);
        assertThat(PcmLayout.argumentBytes(PcmLayout.PREPARE)).isZero();
    }

    @Test
    void processorsWithOtherLayoutsAreRefused() {
        assertThatThrownBy(() -> PcmLayout.check("i386"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("i386");
    }
}
