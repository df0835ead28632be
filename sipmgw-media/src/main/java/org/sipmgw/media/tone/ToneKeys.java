package org.sipmgw.media.tone;

/**
 * Hears keys in sound by the Goertzel algorithm at the eight frequencies of ITU-T Q.23. A key counts when it is clear in
 * two blocks of 25 ms in a row, and again only after as long without it, so that each press is one key. Not thread-safe;
 * allocates nothing after construction.
 */
public final class ToneKeys {
    private static final String KEYS = "123A456B789C*0#D";
    private static final double[] LOW = {697, 770, 852, 941};
    private static final double[] HIGH = {1209, 1336, 1477, 1633};
    private static final int BLOCKS_PER_SECOND = 40;
    private static final int BLOCKS = 2;

    /** Mean square of a block below which nothing is a key: about -36 dB of full scale. */
    private static final double LEAST_POWER = 250_000;

    /** How much of a block's power both tones must have together. */
    private static final double SHARE = 0.75;

    /** How much stronger one tone may be than the other: 8 dB (Q.24 asks for 4 to 8). */
    private static final double TWIST = 6.3;

    /** How much stronger than the others of its group a tone must be: 8 dB. */
    private static final double CLEARANCE = 6.3;

    private final double[] lowFactor = new double[4];
    private final double[] highFactor = new double[4];
    private final double[] low1 = new double[4];
    private final double[] low2 = new double[4];
    private final double[] high1 = new double[4];
    private final double[] high2 = new double[4];
    private final int blockSamples;
    private int count;
    private double power;
    private char candidate;
    private int blocks;
    private char pressed;
    private int silentBlocks;

    /** Takes keys. */
    @FunctionalInterface
    public interface Listener {
        void key(char key);
    }

    /**
     * @param sampleRateHz of the sound, at least 8000
     */
    public ToneKeys(int sampleRateHz) {
        blockSamples = sampleRateHz / BLOCKS_PER_SECOND;
        for (int i = 0; i < 4; i++) {
            lowFactor[i] = 2 * Math.cos(2 * Math.PI * LOW[i] / sampleRateHz);
            highFactor[i] = 2 * Math.cos(2 * Math.PI * HIGH[i] / sampleRateHz);
        }
    }

    /** Hears some samples. */
    public void hear(short[] samples, int length, Listener listener) {
        for (int i = 0; i < length; i++) {
            double sample = samples[i];
            power += sample * sample;
            for (int tone = 0; tone < 4; tone++) {
                double low = sample + lowFactor[tone] * low1[tone] - low2[tone];
                low2[tone] = low1[tone];
                low1[tone] = low;
                double high = sample + highFactor[tone] * high1[tone] - high2[tone];
                high2[tone] = high1[tone];
                high1[tone] = high;
            }
            if (++count == blockSamples) {
                block(listener);
            }
        }
    }

    private void block(Listener listener) {
        char key = judge();
        if (key != 0 && key == candidate) {
            blocks++;
        } else {
            candidate = key;
            blocks = 1;
        }
        silentBlocks = key == pressed && key != 0 ? 0 : silentBlocks + 1;
        if (silentBlocks >= BLOCKS) {
            pressed = 0;
        }
        if (key != 0 && blocks >= BLOCKS && key != pressed) {
            pressed = key;
            silentBlocks = 0;
            listener.key(key);
        }
        count = 0;
        power = 0;
        for (int tone = 0; tone < 4; tone++) {
            low1[tone] = 0;
            low2[tone] = 0;
            high1[tone] = 0;
            high2[tone] = 0;
        }
    }

    private char judge() {
        if (power / blockSamples < LEAST_POWER) {
            return 0;
        }
        int low = strongest(low1, low2, lowFactor);
        int high = strongest(high1, high2, highFactor);
        if (low < 0 || high < 0) {
            return 0;
        }
        double lowPower = energy(low1, low2, lowFactor, low);
        double highPower = energy(high1, high2, highFactor, high);
        boolean balanced = lowPower < highPower * TWIST && highPower < lowPower * TWIST;
        // a tone of energy e has the share 2 e / n of the block's power
        boolean alone = 2 * (lowPower + highPower) / blockSamples > SHARE * power;
        return balanced && alone ? KEYS.charAt(4 * low + high) : 0;
    }

    /** The one that stands out of its group; -1 where none does. */
    private static int strongest(double[] s1, double[] s2, double[] factor) {
        int best = 0;
        for (int tone = 1; tone < 4; tone++) {
            if (energy(s1, s2, factor, tone) > energy(s1, s2, factor, best)) {
                best = tone;
            }
        }
        double most = energy(s1, s2, factor, best);
        for (int tone = 0; tone < 4; tone++) {
            if (tone != best && energy(s1, s2, factor, tone) * CLEARANCE > most) {
                return -1;
            }
        }
        return best;
    }

    private static double energy(double[] s1, double[] s2, double[] factor, int tone) {
        return s1[tone] * s1[tone] + s2[tone] * s2[tone] - factor[tone] * s1[tone] * s2[tone];
    }
}
