package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.spi.DeviceException;

/** Sound of one clock on a card of another, by virtual time. */
class ClockedPlaybackTest {
    private static final long SEED = 20261124;
    private static final int CHUNK = 960;
    private static final double CHUNK_S = 0.02;
    /** Eleven whole turns. */
    private static final short[] TONE = new short[1_200];

    static {
        for (int i = 0; i < TONE.length; i++) {
            double angle = 2 * Math.PI * VirtualCard.TONE_HZ * i / VirtualCard.FORMAT.rateHz();
            TONE[i] = (short) Math.round(VirtualCard.AMPLITUDE * Math.sin(angle));
        }
    }

    private final List<String> told = new ArrayList<>();
    private final DeviceEvents events = new DeviceEvents() {
        @Override
        public void gone(String why) {
            told.add("gone: " + why);
        }

        @Override
        public void returned() {
            told.add("returned");
        }
    };
    private final ByteBuffer sound = ByteBuffer.allocateDirect(CHUNK * 2).order(ByteOrder.LITTLE_ENDIAN);
    private long nowNs;
    private long frame;

    private ByteBuffer tone() {
        sound.clear();
        for (int i = 0; i < CHUNK; i++, frame++) {
            sound.putShort(TONE[(int) (frame % TONE.length)]);
        }
        return sound.flip();
    }

    private ClockedPlayback playing(VirtualCard card, Function<VirtualCard, Trim> trim) {
        return new ClockedPlayback(
                () -> new PlaybackEnd(card, trim.apply(card)), VirtualCard.LATENCY_FRAMES, events, () -> nowNs);
    }

    private static Trim stretched(VirtualCard card) {
        return new ResamplingTrim(card.format(), CHUNK);
    }

    /** Packets of 20 ms, each up to 5 ms late; one of five hundred is 15 ms late. */
    private void play(VirtualCard card, ClockedPlayback playback, double seconds) {
        Random random = new Random(SEED);
        double lateS = 0;
        for (long chunk = 0; chunk * CHUNK_S < seconds; chunk++) {
            double nextLateS = random.nextInt(500) == 0 ? 0.015 : random.nextDouble() * 0.005;
            double stepS = CHUNK_S + nextLateS - lateS;
            lateS = nextLateS;
            card.run(stepS);
            nowNs += (long) (stepS * 1e9);
            playback.offer(tone());
        }
    }

    private static void assertUnbroken(VirtualCard card, ClockedPlayback playback, double ppm, double nearPpm) {
        assertThat(playback.xruns()).as("seed %d", SEED).isZero();
        assertThat(playback.droppedFrames()).isZero();
        assertThat(card.leastFrames).isPositive();
        assertThat(card.mostFrames).isLessThan(VirtualCard.LATENCY_FRAMES * 1.5);
        assertThat(card.worstBend).isLessThanOrEqualTo(VirtualCard.allowedBend());
        assertThat(playback.driftPpm()).isCloseTo(-ppm, within(nearPpm));
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, -200})
    void theTurnedClockOfALoopbackKeepsItsBufferFilled(double ppm) {
        VirtualCard card = new VirtualCard(ppm);
        try (ClockedPlayback playback = playing(card, VirtualCard::clock)) {
            play(card, playback, 260);
            assertUnbroken(card, playback, ppm, 40);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, -200})
    void stretchedSoundHasNoClicks(double ppm) {
        VirtualCard card = new VirtualCard(ppm);
        try (ClockedPlayback playback = playing(card, ClockedPlaybackTest::stretched)) {
            play(card, playback, 100);
            assertUnbroken(card, playback, ppm, 200);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(doubles = {200, -200, 30})
    void anHourOfStretchedSoundNeitherOverflowsNorClicks(double ppm) {
        VirtualCard card = new VirtualCard(ppm);
        try (ClockedPlayback playback = playing(card, ClockedPlaybackTest::stretched)) {
            play(card, playback, 3_600);
            assertUnbroken(card, playback, ppm, 10);
            System.out.printf(
                    "%.0f ppm for an hour: fill %.1f to %.1f ms, found %.1f ppm, worst bend %d of %d%n",
                    ppm,
                    card.leastFrames / 48,
                    card.mostFrames / 48,
                    playback.driftPpm(),
                    card.worstBend,
                    VirtualCard.allowedBend());
        }
    }

    @Test
    void withoutCorrectionTheSameWouldBreak() {
        VirtualCard card = new VirtualCard(200);
        try (ClockedPlayback playback = playing(card, c -> new VirtualCard(0).clock())) {
            play(card, playback, 260);
            assertThat(playback.xruns()).isPositive();
        }
    }

    @Test
    void aPausedSourceRunsTheCardDryOnceAndGoesOnWithFullLatency() {
        VirtualCard card = new VirtualCard(0);
        try (ClockedPlayback playback = playing(card, VirtualCard::clock)) {
            play(card, playback, 2);
            card.run(3);
            nowNs += 3_000_000_000L;
            play(card, playback, 2);
            assertThat(playback.xruns()).isEqualTo(1);
            assertThat(card.queuedFrames()).isGreaterThan(VirtualCard.LATENCY_FRAMES / 2);
        }
    }

    @Test
    void aBurstThatHasNoRoomIsDroppedAndCounted() {
        VirtualCard card = new VirtualCard(0);
        try (ClockedPlayback playback = playing(card, VirtualCard::clock)) {
            for (int i = 0; i < 10; i++) {
                playback.offer(tone());
            }
            assertThat(playback.droppedFrames()).isEqualTo(10 * CHUNK + CHUNK - card.bufferFrames());
        }
    }

    @Test
    void aCardThatGoesIsToldOnceLookedForOnceASecondAndTakenBack() {
        VirtualCard first = new VirtualCard(0);
        VirtualCard second = new VirtualCard(0);
        List<VirtualCard> openable = new ArrayList<>(List.of(first));
        List<Long> looks = new ArrayList<>();
        ClockedPlayback playback = new ClockedPlayback(
                () -> {
                    looks.add(nowNs / 1_000_000);
                    if (openable.isEmpty()) {
                        throw new DeviceException("virtual", "open", "not there");
                    }
                    VirtualCard card = openable.remove(0);
                    return new PlaybackEnd(card, card.clock());
                },
                VirtualCard.LATENCY_FRAMES,
                events,
                () -> nowNs);
        play(first, playback, 1);
        first.pull();
        play(first, playback, 2.5);
        assertThat(told).containsExactly("gone: virtual: pulled");
        assertThat(playback.playing()).isFalse();
        assertThat(looks).hasSize(3);
        assertThat(playback.droppedFrames()).isEqualTo(125 * CHUNK);
        openable.add(second);
        play(second, playback, 2);
        assertThat(told).containsExactly("gone: virtual: pulled", "returned");
        assertThat(second.mostFrames).isPositive();
        playback.close();
        assertThat(second.trouble()).isEqualTo("virtual: pulled");
        assertThat(playback.offer(tone())).isZero();
    }
}
