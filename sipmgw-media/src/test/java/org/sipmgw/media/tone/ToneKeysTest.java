package org.sipmgw.media.tone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in sound. */
@Tag("network")
class ToneKeysTest {
    private static final String KEYS = "123A456B789C*0#D";
    private static final double[] LOW = {697, 770, 852, 941};
    private static final double[] HIGH = {1209, 1336, 1477, 1633};
    private static final long SEED = 20_261_124;

    private final StringBuilder heard = new StringBuilder();
    private final Random random = new Random(SEED);
    private long at;

    /** Some milliseconds of two tones and noise. */
    private short[] sound(int rate, int ms, double first, double second, double level, double noise) {
        short[] samples = new short[rate / 1000 * ms];
        for (int i = 0; i < samples.length; i++, at++) {
            double value = level * Math.sin(2 * Math.PI * first * at / rate)
                    + level * 0.8 * Math.sin(2 * Math.PI * second * at / rate)
                    + noise * random.nextGaussian();
            samples[i] = (short) Math.max(-32_768, Math.min(32_767, value));
        }
        return samples;
    }

    private void hear(ToneKeys tones, short[] samples) {
        int chunk = 333;
        for (int from = 0; from < samples.length; from += chunk) {
            short[] part = Arrays.copyOfRange(samples, from, Math.min(samples.length, from + chunk));
            tones.hear(part, part.length, heard::append);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void eachKeyIsHeardOncePerPressAlsoBesideNoise(int rate) {
        ToneKeys tones = new ToneKeys(rate);
        for (int key = 0; key < 16; key++) {
            for (int ms : new int[] {80, 500}) {
                // half a per cent off, as cheap senders are
                hear(tones, sound(rate, ms, LOW[key / 4] * 1.005, HIGH[key % 4] * 0.995, 6_000, 300));
                hear(tones, sound(rate, 80, 0, 0, 0, 300));
            }
        }
        StringBuilder expected = new StringBuilder();
        KEYS.chars().forEach(key -> expected.append((char) key).append((char) key));
        assertThat(heard).hasToString(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 48_000})
    void whatIsNoKeyIsNotHeardAsOne(int rate) {
        ToneKeys tones = new ToneKeys(rate);
        hear(tones, sound(rate, 5_000, 0, 0, 0, 8_000));
        hear(tones, sound(rate, 2_000, 440, 880, 8_000, 0));
        hear(tones, sound(rate, 2_000, 697, 770, 8_000, 0));
        hear(tones, sound(rate, 2_000, 697, 0, 8_000, 0));
        hear(tones, sound(rate, 25, 697, 1209, 8_000, 0));
        hear(tones, sound(rate, 1_000, 0, 0, 0, 10));
        hear(tones, sound(rate, 1_000, 697, 1209, 100, 0));
        // a voice: a fundamental that glides, with its harmonics
        for (int i = 0; i < 200; i++) {
            double pitch = 120 + 60 * Math.sin(i / 7.0);
            hear(tones, sound(rate, 20, pitch * (4 + i % 5), pitch * (8 + i % 7), 5_000, 1_500));
        }
        assertThat(heard).isEmpty();
    }
}
