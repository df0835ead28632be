package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.devices.kernel.KernelCalls;

/** Sample for sample through the real module. */
@Tag("devices")
class LoopbackExactIT {
    /** The kernel takes a stall of half a buffer, which a busy machine may have, for a whole one, and loses what is queued. */
    private static final int LATENCY_MS = 400;

    @ParameterizedTest
    @CsvSource({"S16,8000,1", "S16,48000,2", "S32,48000,2", "S32,192000,4"})
    void everySampleArrivesOnceAndInOrder(SampleFormat sample, int rateHz, int channels) {
        assertExact(sample, rateHz, channels);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "S16,16000,1",
        "S16,44100,2",
        "S16,48000,6",
        "S16,96000,3",
        "S16,192000,8",
        "S32,8000,1",
        "S32,22050,2",
        "S32,48000,8",
        "S32,96000,2"
    })
    void everySampleOfOtherFormatsToo(SampleFormat sample, int rateHz, int channels) {
        assertExact(sample, rateHz, channels);
    }

    private static void assertExact(SampleFormat sample, int rateHz, int channels) {
        PcmFormat format = new PcmFormat(rateHz, channels, sample);
        SoundCard card = SoundLab.card(0);
        try (Recorder recorder = new Recorder(
                        Pcm.on(card, 1).format(format).latencyMs(LATENCY_MS).capture());
                PcmPlayback playback =
                        Pcm.on(card, 0).format(format).latencyMs(LATENCY_MS).playback()) {
            ByteBuffer sent = SoundLab.noise(rateHz / 2, format, 7);
            assertThat(playback.write(sent)).isEqualTo(rateHz / 2);
            assertThat(playback.drain()).isTrue();
            byte[] heard = recorder.heardAfter(rateHz / 5 * format.frameBytes());
            SoundLab.assertSame(sent, heard, format.toString());
            assertThat(playback.xruns() + recorder.xruns()).isZero();
            assertThat(playback.bufferFrames()).isBetween(rateHz / 2, rateHz * 14 / 10);
        }
    }

    @Test
    void bothDirectionsOfACardRunAtOnceWithoutMixing() {
        PcmFormat format = PcmFormat.s16(48_000, 2);
        SoundCard card = SoundLab.card(0);
        try (Recorder there = new Recorder(
                        Pcm.on(card, 1).subdevice(0).latencyMs(LATENCY_MS).capture());
                Recorder back = new Recorder(
                        Pcm.on(card, 0).subdevice(0).latencyMs(LATENCY_MS).capture());
                PcmPlayback room =
                        Pcm.on(card, 0).subdevice(0).latencyMs(LATENCY_MS).playback();
                PcmPlayback page =
                        Pcm.on(card, 1).subdevice(0).latencyMs(LATENCY_MS).playback()) {
            ByteBuffer first = SoundLab.noise(9_600, format, 1);
            ByteBuffer second = SoundLab.noise(9_600, format, 2);
            room.write(first);
            page.write(second);
            room.drain();
            page.drain();
            SoundLab.assertSame(first, there.heardAfter(20_000), "0 to 1");
            SoundLab.assertSame(second, back.heardAfter(20_000), "1 to 0");
        }
    }

    @Test
    void libasoundPlaysTheSameSamples() {
        PcmFormat format = PcmFormat.s16(48_000, 2);
        SoundCard card = SoundLab.card(1);
        String name = "hw:CARD=" + card.id() + ",DEV=0,SUBDEV=2";
        try (Recorder recorder = new Recorder(
                        Pcm.on(card, 1).subdevice(2).latencyMs(LATENCY_MS).capture());
                PcmPlayback playback =
                        Pcm.named(name).format(format).latencyMs(LATENCY_MS).playback()) {
            ByteBuffer sent = SoundLab.noise(24_000, format, 3);
            assertThat(playback.write(sent)).isEqualTo(24_000);
            assertThat(playback.drain()).isTrue();
            SoundLab.assertSame(sent, recorder.heardAfter(20_000), name);
        }
    }

    @Test
    void libasoundConvertsWhereItIsAsked() {
        SoundCard card = SoundLab.card(1);
        PcmFormat narrow = PcmFormat.s16(16_000, 1);
        try (Recorder recorder =
                        new Recorder(Pcm.on(card, 1).latencyMs(LATENCY_MS).capture());
                PcmPlayback playback = Pcm.named("plughw:CARD=" + card.id() + ",DEV=0")
                        .format(narrow)
                        .latencyMs(LATENCY_MS)
                        .playback()) {
            assertThat(playback.write(TestSound.tone(narrow, 440, 16_000))).isEqualTo(16_000);
            playback.drain();
            byte[] heard = recorder.heardAfter(20_000);
            int from = SoundLab.firstSound(heard) / 4 * 4 + 9_600;
            assertThat(TestSound.share(heard, from, 36_000, 440, 48_000)).isGreaterThan(0.9);
        }
    }

    @Tag("long")
    @Test
    void aToneCanBeTriedOnEachCard() {
        assertThat(CardTrial.run(SoundLab.card(0))).contains("sample for sample");
        assertThat(CardTrial.run(SoundLab.card(1))).contains("sample for sample");
    }

    @Tag("long")
    @Test
    void aLoopbacksClockTurnsAndTurnsBack() {
        SoundCard card = SoundLab.card(0);
        try (PcmPlayback playback = Pcm.on(card, 0).subdevice(5).latencyMs(200).playback()) {
            long plainMs = playingMs(playback);
            try (RateShift shift = RateShift.playback(KernelCalls.running(), card, 0, 5)) {
                shift.ppm(150_000);
                assertThat(playingMs(playback)).as("faster").isLessThan(plainMs * 95 / 100);
                shift.ppm(-150_000);
                assertThat(playingMs(playback)).as("slower").isGreaterThan(plainMs * 105 / 100);
            }
            assertThat(playingMs(playback)).isBetween(plainMs * 95 / 100, plainMs * 105 / 100);
        }
    }

    /** Of half a second; the best of three, as the machine may have other things to do. */
    private static long playingMs(PcmPlayback playback) {
        long bestMs = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long startNs = System.nanoTime();
            playback.write(ByteBuffer.allocateDirect(24_000 * 4));
            playback.drain();
            bestMs = Math.min(bestMs, (System.nanoTime() - startNs) / 1_000_000);
        }
        return bestMs;
    }
}
