package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sipmgw.devices.kernel.Ioctl;

class PcmLayoutTest {

    @Test
    void requestsHaveTheNumbersOfTheKernelsHeader() {
        // as a C compiler computes them from sound/asound.h, on x86-64 and on arm64
        Map<Ioctl, Long> numbers = Map.ofEntries(
                Map.entry(PcmLayout.PVERSION, 0x80044100L),
                Map.entry(PcmLayout.INFO, 0x81204101L),
                Map.entry(PcmLayout.USER_PVERSION, 0x40044104L),
                Map.entry(PcmLayout.HW_REFINE, 0xc2604110L),
                Map.entry(PcmLayout.HW_PARAMS, 0xc2604111L),
                Map.entry(PcmLayout.SW_PARAMS, 0xc0884113L),
                Map.entry(PcmLayout.STATUS, 0x80984120L),
                Map.entry(PcmLayout.PREPARE, 0x4140L),
                Map.entry(PcmLayout.START, 0x4142L),
                Map.entry(PcmLayout.DROP, 0x4143L),
                Map.entry(PcmLayout.WRITEI, 0x40184150L),
                Map.entry(PcmLayout.READI, 0x80184151L),
                Map.entry(PcmLayout.ELEM_WRITE, 0xc4c85513L),
                Map.entry(PcmLayout.PREFER_SUBDEVICE, 0x40045532L));
        numbers.forEach((request, number) ->
                assertThat(request.number()).as(request.name()).isEqualTo(number));
    }

    @Test
    void fieldsLieWhereTheKernelsHeaderHasThem() {
        assertThat(PcmLayout.HW_INTERVALS).isEqualTo(260);
        assertThat(PcmLayout.HW_RMASK).isEqualTo(512);
        assertThat(PcmLayout.STATUS_AVAIL).isEqualTo(64);
        assertThat(PcmLayout.SW_BOUNDARY).isEqualTo(64);
        assertThat(PcmLayout.ELEM_VALUE).isEqualTo(72);
    }
}
