package org.sipmgw.media.capture;

/** How much of a sound is one tone (Goertzel). */
final class Tones {
    private Tones() {}

    /** Mean power of the part of {@code samples} that has this frequency, 48 kHz. */
    static double power(short[] samples, int from, int to, double hz) {
        double omega = 2 * Math.PI * hz / 48_000;
        double sine = 0;
        double cosine = 0;
        for (int i = from; i < to; i++) {
            sine += samples[i] * Math.sin(omega * i);
            cosine += samples[i] * Math.cos(omega * i);
        }
        int n = to - from;
        return 2 * (sine * sine + cosine * cosine) / n / n;
    }

    /** Mean power of all of it. */
    static double power(short[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum / (to - from);
    }
}
