package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Stretches or shortens sound by a few hundred parts per million, changed at any time without a click: only the speed at
 * which it moves over the sound changes, never the place. Delays by {@link SincTable#TAPS}/2 frames. Allocates nothing while
 * sound flows. One thread.
 */
final class Resampler {
    private final PcmFormat format;
    private final SincTable table = new SincTable();
    private final double[] weights = new double[SincTable.TAPS];
    private final double[] sound;
    private final double[] mixed;
    private final int roomFrames;
    private int heldFrames = SincTable.TAPS - 1;
    private double place;
    private double step = 1;

    /** @param maxFrames the most that is handed in at once */
    Resampler(PcmFormat format, int maxFrames) {
        this.format = format;
        this.roomFrames = maxFrames + 2 * SincTable.TAPS;
        this.sound = new double[roomFrames * format.channels()];
        this.mixed = new double[format.channels()];
    }

    /** How much shorter than what goes in that which comes out is. */
    void shorten(double ppm) {
        step = 1 + ppm * 1e-6;
    }

    /** The most frames that {@code frames} can become. */
    static int most(int frames) {
        return frames + frames / 256 + 2;
    }

    /** Takes all whole frames of {@code from}, at most {@code maxFrames}, and puts what they become into the little-endian {@code into}. */
    void process(ByteBuffer from, ByteBuffer into) {
        int channels = format.channels();
        boolean swapped = from.order() != ByteOrder.LITTLE_ENDIAN;
        while (from.remaining() >= format.frameBytes() && heldFrames < roomFrames) {
            for (int channel = 0; channel < channels; channel++) {
                sound[heldFrames * channels + channel] = sample(from, swapped);
            }
            heldFrames++;
        }
        for (int first = (int) place; first + SincTable.TAPS <= heldFrames; first = (int) place) {
            mix(first);
            for (double value : mixed) {
                put(value, into);
            }
            place += step;
        }
        int done = Math.min((int) place, heldFrames);
        System.arraycopy(sound, done * channels, sound, 0, (heldFrames - done) * channels);
        heldFrames -= done;
        place -= done;
    }

    private void mix(int first) {
        int channels = format.channels();
        table.weights(place - first, weights);
        for (int channel = 0; channel < channels; channel++) {
            double value = 0;
            int at = first * channels + channel;
            for (int tap = 0; tap < SincTable.TAPS; tap++, at += channels) {
                value += weights[tap] * sound[at];
            }
            mixed[channel] = value;
        }
    }

    private double sample(ByteBuffer from, boolean swapped) {
        if (format.sample() == SampleFormat.S16) {
            short value = from.getShort();
            return swapped ? Short.reverseBytes(value) : value;
        }
        int value = from.getInt();
        return swapped ? Integer.reverseBytes(value) : value;
    }

    private void put(double value, ByteBuffer into) {
        if (format.sample() == SampleFormat.S16) {
            into.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value))));
        } else {
            into.putInt((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Math.round(value))));
        }
    }
}
