package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class PcmPlaybackTest {
    private static final int LATENCY_FRAMES = 1_920;

    private final FakeSoundKernel kernel = new FakeSoundKernel();
    private final PcmPlayback playback = Pcm.on(FakeSoundKernel.card(), 0)
            .format(PcmFormat.s16(48_000, 1))
            .latencyMs(40)
            .playback(kernel.opener());

    private static ByteBuffer sound(int frames) {
        ByteBuffer sound = ByteBuffer.allocateDirect(frames * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (sound.hasRemaining()) {
            sound.putShort((short) 0x0101);
        }
        return sound.flip();
    }

    private int silentFrames() {
        return Collections.frequency(kernel.played, (byte) 0) / 2;
    }

    @Test
    void periodAndBufferFollowTheLatency() {
        assertThat(playback.periodFrames()).isEqualTo(LATENCY_FRAMES / 4);
        assertThat(playback.bufferFrames()).isEqualTo(LATENCY_FRAMES * 3);
    }

    @Test
    void startsWithAsMuchSilenceAsIsMissingToTheLatency() {
        assertThat(playback.write(sound(960))).isEqualTo(960);
        assertThat(silentFrames()).isEqualTo(LATENCY_FRAMES - 960);
        assertThat(playback.queuedFrames()).isEqualTo(LATENCY_FRAMES);
        assertThat(playback.write(sound(960))).isEqualTo(960);
        assertThat(silentFrames()).as("only at the start").isEqualTo(LATENCY_FRAMES - 960);
    }

    @Test
    void anXrunIsCountedAndRecoveredWithTheSameSilenceAndNoLostFrame() {
        playback.write(sound(960));
        kernel.advance(5_000);
        assertThat(playback.queuedFrames()).isZero();
        assertThat(playback.write(sound(960))).isEqualTo(960);
        assertThat(playback.xruns()).isEqualTo(1);
        assertThat(silentFrames()).isEqualTo(2 * (LATENCY_FRAMES - 960));
        assertThat(kernel.played).hasSize(2 * 2 * LATENCY_FRAMES);
        assertThat(playback.trouble()).isEmpty();
    }

    @Test
    void offeringTakesWhatHasRoomAndLeavesTheRest() {
        ByteBuffer much = sound(10_000);
        assertThat(playback.offer(much)).isEqualTo(playback.bufferFrames());
        assertThat(much.remaining()).isEqualTo((10_000 - playback.bufferFrames()) * 2);
        assertThat(playback.offer(much)).isZero();
    }

    @Test
    void writingWaitsForRoom() {
        kernel.autoAdvance = true;
        ByteBuffer much = sound(50_000);
        assertThat(playback.write(much)).isEqualTo(50_000);
        assertThat(playback.xruns()).isZero();
        assertThat(silentFrames()).isZero();
    }

    @Test
    void drainingSendsSilenceBehindTheSoundAndStops() {
        playback.write(sound(LATENCY_FRAMES));
        kernel.autoAdvance = true;
        assertThat(playback.drain()).isTrue();
        assertThat(silentFrames()).isGreaterThanOrEqualTo(LATENCY_FRAMES);
        assertThat(playback.xruns()).isZero();
    }

    @Test
    void soundInTheHeapIsPlayedToo() {
        ByteBuffer heap = ByteBuffer.allocate(4_000).put(sound(2_000)).flip();
        assertThat(playback.write(heap)).isEqualTo(2_000);
        assertThat(heap.remaining()).isZero();
        assertThat(silentFrames()).isEqualTo(LATENCY_FRAMES - playback.periodFrames());
    }

    @Test
    void aDeviceThatHasGoneIsAValueAndAReason() {
        playback.write(sound(960));
        kernel.failsForEver = -19;
        assertThat(playback.write(sound(960))).isEqualTo(PcmStream.GONE);
        assertThat(playback.queuedFrames()).isEqualTo(PcmStream.GONE);
        assertThat(playback.trouble()).isEqualTo("/dev/snd/pcmC0D0p: ENODEV, the device is gone");
        assertThat(playback.drain()).isFalse();
        playback.close();
        assertThat(kernel.open).isEmpty();
    }

    @Test
    void afterClosingNothingReachesTheDevice() {
        playback.close();
        playback.close();
        int calls = kernel.calls.size();
        assertThat(playback.write(sound(960))).isEqualTo(PcmStream.GONE);
        assertThat(playback.queuedFrames()).isEqualTo(PcmStream.GONE);
        assertThat(kernel.calls).hasSize(calls);
        assertThat(playback.trouble()).contains("closed");
    }

    @Test
    void closingEndsAWriteThatWaits() throws Exception {
        Thread writer = new Thread(() -> playback.write(sound(50_000)), "writer");
        writer.start();
        while (kernel.queued < playback.bufferFrames()) {
            Thread.onSpinWait();
        }
        playback.close();
        writer.join(5_000);
        assertThat(writer.isAlive()).isFalse();
        assertThat(kernel.open).isEmpty();
    }
}
