package org.sipmgw.devices;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A tone as a WAV file, and finding it again. 16 bits, stereo. */
final class Tone {
    private Tone() {}

    static byte[] wav(double hertz, int rateHz, double seconds) throws IOException {
        int frames = (int) (rateHz * seconds);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBytes("RIFF");
            little(out, 36 + frames * 4);
            out.writeBytes("WAVEfmt ");
            little(out, 16);
            little(out, 1 | (2 << 16));
            little(out, rateHz);
            little(out, rateHz * 4);
            little(out, 4 | (16 << 16));
            out.writeBytes("data");
            little(out, frames * 4);
            for (int i = 0; i < frames; i++) {
                int sample = (int) (12_000 * Math.sin(2 * Math.PI * hertz * i / rateHz)) & 0xffff;
                little(out, sample | (sample << 16));
            }
        }
        return bytes.toByteArray();
    }

    private static void little(DataOutputStream out, int value) throws IOException {
        out.writeInt(Integer.reverseBytes(value));
    }

    /** Share of the sound's energy that is at this frequency, left channel, 0 to 1 (Goertzel: one bin of a DFT). */
    static double share(byte[] pcm, int frames, double hertz, int rateHz) {
        double step = 2 * Math.cos(2 * Math.PI * hertz / rateHz);
        double s1 = 0;
        double s2 = 0;
        double energy = 0;
        for (int i = 0; i < frames; i++) {
            double x = (short) ((pcm[4 * i] & 0xff) | (pcm[4 * i + 1] << 8));
            double s = x + step * s1 - s2;
            s2 = s1;
            s1 = s;
            energy += x * x;
        }
        double power = s1 * s1 + s2 * s2 - step * s1 * s2;
        return energy == 0 ? 0 : 2 * power / (frames * energy);
    }
}
