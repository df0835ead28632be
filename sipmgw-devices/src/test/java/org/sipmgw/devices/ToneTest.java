package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ToneTest {

    @Test
    void findsAToneWhereItIsAndNowhereElse() throws IOException {
        byte[] wav = Tone.wav(1000, 48_000, 0.1);
        byte[] pcm = Arrays.copyOfRange(wav, 44, wav.length);
        assertThat(Tone.share(pcm, 4800, 1000, 48_000)).isGreaterThan(0.99);
        assertThat(Tone.share(pcm, 4800, 1500, 48_000)).isLessThan(0.01);
        assertThat(Tone.share(new byte[4800 * 4], 4800, 1000, 48_000)).isZero();
    }
}
