package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FramePacerTest {

    private static final long MS = 1_000_000;

    @Test
    void missesNothingInTime() {
        FramePacer pacer = new FramePacer(50, 0);
        assertThat(pacer.intervalNs()).isEqualTo(20 * MS);
        assertThat(pacer.advance(1 * MS)).isZero();
        assertThat(pacer.advance(21 * MS)).isZero();
    }

    @Test
    void losesWhatItMissedAndNeverCatchesUp() {
        FramePacer pacer = new FramePacer(50, 0);
        assertThat(pacer.advance(65 * MS)).isEqualTo(3);
        assertThat(pacer.advance(81 * MS)).isZero();
    }
}
