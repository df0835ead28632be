package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    private static final int RATE = 48_000;
    private static final int CHUNK = 480;

    private static ByteBuffer tone(PcmFormat format, double hertz, int frames, double amplitude) {
        ByteBuffer tone = ByteBuffer.allocate(frames * format.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            for (int channel = 0; channel < format.channels(); channel++) {
                double value = amplitude * Math.sin(2 * Math.PI * hertz * (channel + 1) * i / RATE);
                if (format.sample() == SampleFormat.S16) {
                    tone.putShort((short) Math.round(value));
                } else {
                    tone.putInt((int) Math.round(value));
                }
            }
        }
        return tone.flip();
    }

    private static ByteBuffer resampled(PcmFormat format, ByteBuffer sound, double ppm) {
        Resampler resampler = new Resampler(format, CHUNK);
        resampler.shorten(ppm);
        ByteBuffer out = ByteBuffer.allocate(sound.remaining() * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (sound.hasRemaining()) {
            int end = sound.limit();
            sound.limit(Math.min(end, sound.position() + CHUNK * format.frameBytes()));
            resampler.process(sound, out);
            sound.limit(end);
        }
        return out.flip();
    }

    /** What is left of one channel, in dB, when the best fitting tone has been taken away. */
    private static double noiseDb(ByteBuffer sound, PcmFormat format, int channel, double hertz) {
        int frames = sound.remaining() / format.frameBytes() - 200;
        double[] value = new double[frames];
        double sine = 0;
        double cosine = 0;
        double energy = 0;
        for (int i = 0; i < frames; i++) {
            int at = (i + 100) * format.frameBytes() + channel * format.sample().bytes();
            value[i] = format.sample() == SampleFormat.S16 ? sound.getShort(at) : sound.getInt(at);
            sine += value[i] * Math.sin(2 * Math.PI * hertz * i / RATE) * 2 / frames;
            cosine += value[i] * Math.cos(2 * Math.PI * hertz * i / RATE) * 2 / frames;
            energy += value[i] * value[i];
        }
        double rest = 0;
        for (int i = 0; i < frames; i++) {
            double angle = 2 * Math.PI * hertz * i / RATE;
            double difference = value[i] - sine * Math.sin(angle) - cosine * Math.cos(angle);
            rest += difference * difference;
        }
        return 10 * Math.log10(rest / energy);
    }

    @ParameterizedTest
    @CsvSource({"S16, 1000, -85", "S32, 1000, -95", "S32, 6000, -80"})
    void aToneStaysAToneOfTheShortenedLength(SampleFormat sample, double hertz, double worstDb) {
        PcmFormat format = new PcmFormat(RATE, 2, sample);
        double amplitude = sample == SampleFormat.S16 ? 20_000 : 1_300_000_000;
        // so many frames that the tone ends where it began
        ByteBuffer out = resampled(format, tone(format, hertz, 480_000, amplitude), 200);
        assertThat(out.remaining() / format.frameBytes()).isBetween(479_902, 479_906);
        double shifted = hertz * (1 + 200e-6);
        assertThat(noiseDb(out, format, 0, shifted)).isLessThan(worstDb);
        assertThat(noiseDb(out, format, 1, 2 * shifted)).isLessThan(worstDb + 5);
    }

    @Test
    void theCallersByteOrderDoesNotMatter() {
        PcmFormat format = PcmFormat.s16(RATE, 1);
        ByteBuffer little = resampled(format, tone(format, 500, 4_800, 10_000), 0);
        ByteBuffer big = resampled(format, tone(format, 500, 4_800, 10_000).order(ByteOrder.BIG_ENDIAN), 0);
        assertThat(big).isEqualTo(little);
    }

    @Test
    void loudSoundIsLimitedNotWrapped() {
        PcmFormat format = PcmFormat.s16(RATE, 1);
        ByteBuffer square = ByteBuffer.allocate(9_600).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4_800; i++) {
            square.putShort(i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE);
        }
        ByteBuffer out = resampled(format, square.flip(), 150);
        for (int i = 60; i < 4_700; i++) {
            // in the middle of a half wave there is no doubt about the sign
            int phase = (i + 64) % 80;
            if (phase > 10 && phase < 30) {
                assertThat(out.getShort(i * 2)).as("frame %d", i).isPositive();
            }
        }
    }
}
