package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The loopback cameras of the kernel that the tests run in, and other programs that read and write them. */
final class CameraLab {
    static final int WIDTH = 160;
    static final int HEIGHT = 96;
    static final int RATE = 20;

    private CameraLab() {}

    static VideoFormat format(PixelFormat pixels) {
        return new VideoFormat(pixels, WIDTH, HEIGHT, RATE);
    }

    /** Which of the loopback cameras; a test without one fails. */
    static VideoNode camera(int index) {
        List<VideoNode> nodes = VideoNodes.loopbacks();
        assertThat(nodes)
                .as("loopback cameras: sipmgw-devices/lab/devlab runs the tests in a kernel that has them")
                .hasSizeGreaterThan(index);
        return nodes.get(index);
    }

    /** Polls. */
    static void await(String what, BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - endNs).as("waited too long: " + what).isNegative();
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Runs another program to its end, which must be good; what it printed. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(command[0] + " ends")
                .isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + "\n" + printed)
                .isZero();
        return printed;
    }

    static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    /** What ffmpeg reads from a camera, byte for byte. */
    static byte[] ffmpegReads(Path device, String inputFormat, int frames) throws IOException, InterruptedException {
        Path file = Files.createTempFile("camera", ".raw");
        try {
            run(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-nostdin",
                    "-f",
                    "v4l2",
                    "-input_format",
                    inputFormat,
                    "-i",
                    device.toString(),
                    "-frames:v",
                    Integer.toString(frames),
                    "-c:v",
                    "copy",
                    "-f",
                    "rawvideo",
                    "-y",
                    file.toString());
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Shows a film at the camera's rate, on a thread of its own, until closed. */
    static final class Projector implements AutoCloseable {
        private final AtomicBoolean ending = new AtomicBoolean();
        private final Thread thread;

        Projector(V4l2Sink sink, Film film) {
            thread = new Thread(() -> {
                for (int number = 0; !ending.get(); number++) {
                    film.show(sink, number);
                    LockSupport.parkNanos(sink.format().periodNs());
                }
            });
            thread.start();
        }

        @Override
        public void close() {
            ending.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
