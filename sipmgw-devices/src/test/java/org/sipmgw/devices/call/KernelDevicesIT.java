package org.sipmgw.devices.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.devices.PulseSpeakers;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.MicrophonePort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** What a call's browser would see and hear of its devices, read by other programs. */
@Tag("devices")
class KernelDevicesIT {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int FRAME = WIDTH * HEIGHT * 3 / 2;

    @TempDir
    Path files;

    @Test
    void theCameraShowsWhatIsHandedOver() throws Exception {
        try (PageDevices devices = open()) {
            ByteBuffer picture = ByteBuffer.allocateDirect(FRAME);
            for (int i = 0; i < FRAME; i++) {
                picture.put(i, (byte) (i * 31 / 8));
            }
            Path seen = files.resolve("seen.yuv");
            Process reader = program(
                    seen,
                    Map.of(),
                    "ffmpeg -v error -f v4l2 -i " + devices.camera().device() + " -frames:v 8 -f rawvideo -y " + seen);
            while (!reader.waitFor(20, TimeUnit.MILLISECONDS)) {
                devices.camera().frame(picture);
            }
            byte[] frames = Files.readAllBytes(seen);
            assertThat(frames.length).isEqualTo(8 * FRAME);
            byte[] expected = new byte[FRAME];
            picture.get(0, expected);
            assertThat(ByteBuffer.wrap(frames, 7 * FRAME, FRAME)).isEqualTo(ByteBuffer.wrap(expected));
        }
    }

    @Test
    void theMicrophonePlaysWhatIsHandedOver() throws Exception {
        try (PageDevices devices = open();
                Tone tone = new Tone(devices.microphone())) {
            Path heard = files.resolve("heard.raw");
            Process recorder = program(
                    heard,
                    Map.of(),
                    "arecord -q -D " + devices.microphone().recorded() + " -f S16_LE -r 48000 -c 2 -t raw -d 2");
            assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Tone.pitchHz(Files.readAllBytes(heard), 2)).isBetween(990.0, 1010.0);
        }
    }

    @Test
    void theSoundServerOfACallHandsItsMicrophoneOn() throws Exception {
        allowOrdinaryUser();
        try (RuntimeDirectory runtime = RuntimeDirectory.open(RunAs.ordinaryUser());
                PageDevices devices = open();
                Tone tone = new Tone(devices.microphone());
                SpeakerPort speaker = PulseSpeakers.builder(runtime)
                        .startTimeout(Duration.ofMinutes(1))
                        .build()
                        .open(devices.microphone())) {
            Path sources = files.resolve("sources");
            assertThat(program(sources, speaker.environment(), "pactl list sources")
                            .waitFor())
                    .isZero();
            assertThat(Files.readString(sources))
                    .contains("Description: " + devices.microphone().label());
            Path heard = files.resolve("heard.raw");
            Process recorder = program(
                    heard,
                    speaker.environment(),
                    "timeout 3 parec -d microphone --format=s16le --rate=48000 --channels=1 --raw --latency-msec=50");
            assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Tone.pitchHz(Files.readAllBytes(heard), 1)).isBetween(990.0, 1010.0);
        }
    }

    @Test
    void eachCallHasDevicesOfItsOwnUntilThereAreNone() {
        Set<String> taken = new HashSet<>();
        java.util.ArrayDeque<PageDevices> open = new java.util.ArrayDeque<>();
        try {
            assertThatThrownBy(() -> {
                        while (true) {
                            PageDevices devices = open();
                            open.push(devices);
                            assertThat(taken.add(devices.camera().device())).isTrue();
                            assertThat(taken.add(devices.microphone().device())).isTrue();
                        }
                    })
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("free");
            assertThat(open).hasSizeGreaterThanOrEqualTo(2);
        } finally {
            open.forEach(PageDevices::close);
        }
        open().close();
    }

    private static PageDevices open() {
        return KernelDevices.builder().build().open(WIDTH, HEIGHT).orElseThrow();
    }

    private static Process program(Path output, Map<String, String> environment, String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command.split(" ")).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.redirectOutput(output.toFile()).start();
    }

    /** As an administrator would have done; in the user-mode kernel it is forgotten with it. */
    private static void allowOrdinaryUser() throws Exception {
        if (Files.readString(Path.of("/proc/cpuinfo")).contains("User Mode Linux")) {
            assertThat(new ProcessBuilder(List.of(
                                    "usermod",
                                    "-aG",
                                    "audio,video",
                                    RunAs.ordinaryUser().user()))
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    /** A kilohertz, in time. */
    private static final class Tone implements AutoCloseable {
        private static final int CHUNK = 960;

        private final Thread thread;
        private volatile boolean running = true;

        Tone(MicrophonePort microphone) {
            thread = new Thread(() -> play(microphone), "tone");
            thread.start();
        }

        private void play(MicrophonePort microphone) {
            ByteBuffer sound = ByteBuffer.allocateDirect(CHUNK * 4).order(ByteOrder.LITTLE_ENDIAN);
            long next = System.nanoTime();
            for (long at = 0; running; at += CHUNK) {
                sound.clear();
                for (int i = 0; i < CHUNK; i++) {
                    short sample = (short) (8000 * Math.sin(2 * Math.PI * (at + i) / 48));
                    sound.putShort(sample).putShort(sample);
                }
                microphone.sound(sound.flip());
                next += 20_000_000;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }

        /** Of the middle half: rises through zero in a second. */
        static double pitchHz(byte[] recorded, int channels) {
            ByteBuffer sound = ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN);
            int frames = recorded.length / 2 / channels;
            int rises = 0;
            for (int i = frames / 4; i < frames * 3 / 4; i++) {
                boolean below = sound.getShort(2 * channels * (i - 1)) < 0;
                rises += below && sound.getShort(2 * channels * i) >= 0 ? 1 : 0;
            }
            return rises * 48_000.0 / (frames / 2.0);
        }

        @Override
        public void close() throws InterruptedException {
            running = false;
            thread.join();
        }
    }
}
