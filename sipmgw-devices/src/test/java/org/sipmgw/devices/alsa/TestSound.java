package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tone, and finding it again. */
final class TestSound {
    private TestSound() {}

    /** 16 bits. */
    static ByteBuffer tone(PcmFormat format, double hertz, int frames) {
        ByteBuffer tone =
                ByteBuffer.allocateDirect(frames * format.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            for (int channel = 0; channel < format.channels(); channel++) {
                tone.putShort((short) (12_000 * Math.sin(2 * Math.PI * hertz * i / format.rateHz())));
            }
        }
        return tone.flip();
    }

    /** Share of the energy at this frequency, left of two channels of 16 bits, 0 to 1 (Goertzel). */
    static double share(byte[] pcm, int from, int frames, double hertz, int rateHz) {
        double step = 2 * Math.cos(2 * Math.PI * hertz / rateHz);
        double s1 = 0;
        double s2 = 0;
        double energy = 0;
        for (int i = 0; i < frames; i++) {
            double x = (short) ((pcm[from + 4 * i] & 0xff) | (pcm[from + 4 * i + 1] << 8));
            double s = x + step * s1 - s2;
            s2 = s1;
            s1 = s;
            energy += x * x;
        }
        double power = s1 * s1 + s2 * s2 - step * s1 * s2;
        return energy == 0 ? 0 : 2 * power / (frames * energy);
    }
}
