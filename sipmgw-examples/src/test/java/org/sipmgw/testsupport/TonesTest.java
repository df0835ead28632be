package org.sipmgw.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.testsupport.ToneReader.Beep;

class TonesTest {

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 48000})
    void eachSecondsBeepIsHeardWithItsPitchAndOnset(int rate) {
        ToneReader reader = new ToneReader(Tones.ROOM, rate);
        short[] samples = Tones.ROOM.samples(rate, 9);
        int frame = rate / 50;
        for (int from = 0; from < samples.length; from += frame) {
            reader.hear(samples, from, frame, from * 1_000_000_000L / rate);
        }
        assertThat(reader.beeps()).extracting(Beep::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 0);
        for (int second = 0; second < 9; second++) {
            assertThat(reader.beeps().get(second).onsetNs() / 1e6).isCloseTo(second * 1000.0, within(8.0));
        }
    }

    @Test
    void anotherSidesTonesAndNoiseAreNotHeard() {
        long seed = 3;
        Random random = new Random(seed);
        ToneReader reader = new ToneReader(Tones.CONFERENCE, 48000);
        short[] samples = Tones.ROOM.samples(48000, 8);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (short) (random.nextGaussian() * 300);
        }
        reader.hear(samples, 0, samples.length, 0);
        assertThat(reader.beeps()).as("seed %d", seed).isEmpty();
    }

    @Test
    void isHeardThroughNoise() {
        long seed = 5;
        Random random = new Random(seed);
        ToneReader reader = new ToneReader(Tones.CONFERENCE, 48000);
        short[] samples = Tones.CONFERENCE.samples(48000, 4);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (short) (random.nextGaussian() * 1500);
        }
        reader.hear(samples, 0, samples.length, 0);
        assertThat(reader.beeps()).as("seed %d", seed).hasSize(4);
    }
}
