package org.sipmgw.devices.alsa;

/** The impulse response of a low pass at 0.45 of the rate, in steps of a fraction of a frame, windowed (Blackman-Harris). */
final class SincTable {
    /** Frames that one output frame is made of. */
    static final int TAPS = 32;

    private static final int PHASES = 256;
    private static final double CUTOFF = 0.92;

    private final double[] response = new double[(PHASES + 1) * TAPS];

    SincTable() {
        for (int phase = 0; phase <= PHASES; phase++) {
            double sum = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                double x = tap - (TAPS / 2 - 1) - (double) phase / PHASES;
                response[phase * TAPS + tap] = CUTOFF * sinc(CUTOFF * x) * window(x / (TAPS / 2));
                sum += response[phase * TAPS + tap];
            }
            for (int tap = 0; tap < TAPS; tap++) {
                response[phase * TAPS + tap] /= sum;
            }
        }
    }

    /** The weights of the frames around a point, {@code fraction} of a frame after the middle one. */
    void weights(double fraction, double[] into) {
        double place = fraction * PHASES;
        int phase = (int) place;
        double share = place - phase;
        int row = phase * TAPS;
        for (int tap = 0; tap < TAPS; tap++) {
            double here = response[row + tap];
            into[tap] = here + share * (response[row + TAPS + tap] - here);
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** From -1 to 1. */
    private static double window(double x) {
        double a = Math.PI * (x + 1);
        return Math.abs(x) >= 1
                ? 0
                : 0.35875 - 0.48829 * Math.cos(a) + 0.14128 * Math.cos(2 * a) - 0.01168 * Math.cos(3 * a);
    }
}
