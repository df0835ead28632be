package org.sipmgw.testsupport;

import java.util.ArrayList;
import java.util.List;

/**
 * Hears the beeps of one side's {@link Tones} in received sound, by Goertzel's algorithm over windows of 25 ms, one
 * every 5 ms. Not thread-safe.
 */
public final class ToneReader {

    private static final int WINDOW_MS = 25;
    private static final int HOP_MS = 5;
    private static final double LEAST_LEVEL = 0.02;
    /** Of the window's energy, how much the pitch must hold. */
    private static final double LEAST_SHARE = 0.5;

    private static final int LEAST_WINDOWS = 12;

    private final Tones tones;
    private final int sampleRate;
    private final int window;
    private final int hop;
    private final double[] history;
    private final List<Beep> beeps = new ArrayList<>();
    private int filled;
    private long nextSampleNs;
    private int current = -1;
    private int windows;
    private double level;
    private long onsetNs;

    /**
     * A beep that was heard.
     *
     * @param index which of the eight
     * @param onsetNs when it began, on the clock of the given samples
     * @param level amplitude, 1 is full scale
     */
    public record Beep(int index, long onsetNs, double level) {}

    /** Listens for {@code tones} in sound of the given sample rate, a multiple of 200. */
    public ToneReader(Tones tones, int sampleRate) {
        if (sampleRate < 8000 || sampleRate % 200 != 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate + " is no multiple of 200 from 8000 on");
        }
        this.tones = tones;
        this.sampleRate = sampleRate;
        this.window = sampleRate * WINDOW_MS / 1000;
        this.hop = sampleRate * HOP_MS / 1000;
        this.history = new double[window];
        this.filled = window - hop;
    }

    /**
     * Hears samples of one channel.
     *
     * @param firstNs when the first of them is played
     */
    public void hear(short[] samples, int offset, int count, long firstNs) {
        for (int i = 0; i < count; i++) {
            history[filled++] = samples[offset + i] / 32768.0;
            if (filled == window) {
                nextSampleNs = firstNs + (i + 1) * 1_000_000_000L / sampleRate;
                judge();
                System.arraycopy(history, hop, history, 0, window - hop);
                filled = window - hop;
            }
        }
    }

    /** The beeps heard so far, in order. */
    public List<Beep> beeps() {
        return List.copyOf(beeps);
    }

    private void judge() {
        int best = -1;
        double power = 0;
        for (int i = 0; i < Tones.BEEPS; i++) {
            double p = goertzel(tones.frequencyHz(i));
            if (p > power) {
                power = p;
                best = i;
            }
        }
        double energy = 0;
        for (double x : history) {
            energy += x * x;
        }
        double amplitude = Math.sqrt(power);
        boolean heard = amplitude > LEAST_LEVEL && power / 2 * window > LEAST_SHARE * energy;
        // a window that is half full of the beep has half its amplitude: there its middle is the onset
        if (heard && best == current) {
            windows++;
            level = Math.max(level, amplitude);
            if (windows == LEAST_WINDOWS) {
                beeps.add(new Beep(current, onsetNs, level));
            }
        } else if (heard) {
            current = best;
            windows = 1;
            level = amplitude;
            onsetNs = nextSampleNs - WINDOW_MS * 1_000_000L / 2;
        } else {
            current = -1;
        }
    }

    /** Squared amplitude of a tone in the window. */
    private double goertzel(int frequencyHz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * frequencyHz / sampleRate);
        double s1 = 0;
        double s2 = 0;
        for (double x : history) {
            double s = x + coefficient * s1 - s2;
            s2 = s1;
            s1 = s;
        }
        double power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
        return 4 * power / ((double) window * window);
    }
}
