package org.sipmgw.testsupport;

/**
 * The sound that belongs to a {@link Pattern}: at each full second a beep of 150 ms whose pitch tells which second of
 * eight it is, then a soft pilot tone. Each side has pitches of its own. Beep k begins with frame k x frame rate.
 */
public final class Tones {

    /** Pitches of a side, and seconds until the sequence repeats. */
    public static final int BEEPS = 8;

    /** Length of a beep. */
    public static final int BEEP_MS = 150;

    /** What a room system plays: 520 to 1080 Hz. */
    public static final Tones ROOM = new Tones(520, 320);

    /** What the other participant plays: 1480 to 2040 Hz. */
    public static final Tones CONFERENCE = new Tones(1480, 400);

    /** What a second room system plays: 2240 to 2800 Hz. */
    public static final Tones SECOND_ROOM = new Tones(2240, 440);

    private static final int STEP_HZ = 80;
    private static final double BEEP_LEVEL = 0.45;
    private static final double PILOT_LEVEL = 0.04;
    private static final double RAMP_SECONDS = 0.004;

    private final int lowestHz;
    private final int pilotHz;

    private Tones(int lowestHz, int pilotHz) {
        this.lowestHz = lowestHz;
        this.pilotHz = pilotHz;
    }

    /** The pitch of beep {@code index}, 0 to 7. */
    public int frequencyHz(int index) {
        return lowestHz + STEP_HZ * index;
    }

    /** The soft tone between beeps. */
    public int pilotHz() {
        return pilotHz;
    }

    /** Writes {@code count} samples of one channel, beginning with sample {@code from} of the sequence. */
    public void play(int sampleRate, long from, short[] samples, int count) {
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.round(value(sampleRate, from + i) * Short.MAX_VALUE);
        }
    }

    /** {@code seconds} of the sequence from its start, one channel. */
    public short[] samples(int sampleRate, int seconds) {
        short[] samples = new short[sampleRate * seconds];
        play(sampleRate, 0, samples, samples.length);
        return samples;
    }

    private double value(int sampleRate, long sample) {
        long second = sample / sampleRate;
        double t = sample % sampleRate / (double) sampleRate;
        double beep = BEEP_MS / 1000.0;
        double pilot = PILOT_LEVEL * Math.sin(2 * Math.PI * pilotHz * t);
        if (t >= beep) {
            return pilot;
        }
        double ramp = Math.min(1, Math.min(t, beep - t) / RAMP_SECONDS);
        return ramp * BEEP_LEVEL * Math.sin(2 * Math.PI * frequencyHz((int) (second % BEEPS)) * t) + pilot;
    }
}
