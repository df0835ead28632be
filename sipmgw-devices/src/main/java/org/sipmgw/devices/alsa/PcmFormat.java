package org.sipmgw.devices.alsa;

import java.time.Duration;

/**
 * What a stream of sound is made of. A frame is one sample of each channel, interleaved.
 *
 * @param rateHz frames a second, 8,000 to 192,000
 * @param channels 1 to 8
 * @param sample how a sample lies in memory
 */
public record PcmFormat(int rateHz, int channels, SampleFormat sample) {

    /** Checks the ranges. */
    public PcmFormat {
        if (rateHz < 8_000 || rateHz > 192_000) {
            throw new IllegalArgumentException("rateHz " + rateHz + ": 8000 to 192000 is allowed");
        }
        if (channels < 1 || channels > 8) {
            throw new IllegalArgumentException("channels " + channels + ": 1 to 8 is allowed");
        }
    }

    /** 16-bit sound. */
    public static PcmFormat s16(int rateHz, int channels) {
        return new PcmFormat(rateHz, channels, SampleFormat.S16);
    }

    /** Bytes of one frame. */
    public int frameBytes() {
        return channels * sample.bytes();
    }

    /** Whole frames within this time, rounded down. */
    public int frames(Duration time) {
        return Math.toIntExact(time.toNanos() * rateHz / 1_000_000_000L);
    }

    /** As {@code aplay} would say it: {@code S16 48000 Hz, 2 channels}. */
    @Override
    public String toString() {
        return sample + " " + rateHz + " Hz, " + channels + (channels == 1 ? " channel" : " channels");
    }
}
