package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConferenceSession;

/** What tests with real browsers share: a runtime directory, joiners, one stand-in for the room's camera. */
final class BrowserLab implements AutoCloseable {
    private final Path base;
    private final RuntimeDirectory runtime;
    private RoomCamera camera;

    BrowserLab() throws IOException {
        base = Files.createTempDirectory("sipmgw-browser-it");
        runtime = RuntimeDirectory.open(RunAs.ordinaryUser());
    }

    RuntimeDirectory runtime() {
        return runtime;
    }

    Path base() {
        return base;
    }

    BrowserJoinerBuilder builder(List<String> hosts) {
        return BrowserJoiner.builder(runtime)
                .displays(TestDevices.displays(runtime))
                .speakers(TestDevices.speakers(runtime))
                .pages(List.of(new JanusVideoRoomPage()))
                .allowedHosts(hosts);
    }

    BrowserJoiner joiner(List<String> hosts, int warm) {
        return builder(hosts).warm(warm).build();
    }

    synchronized RoomCamera camera() {
        if (camera == null) {
            camera = new RoomCamera(new BrowserConfig(
                    runtime,
                    (width, height) -> {
                        throw new IllegalStateException();
                    },
                    () -> {
                        throw new IllegalStateException();
                    },
                    List.of(),
                    AllowedHosts.of(List.of()),
                    0,
                    new BrowserConfig.Size(1280, 720),
                    new BrowserConfig.Programs("/usr/lib/chromium/chromium", "/usr/bin/chromedriver"),
                    java.time.Duration.ofMillis(100),
                    java.util.Optional.empty()));
        }
        return camera;
    }

    void awaitWarm(BrowserJoiner joiner, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (joiner.warm() < count && System.nanoTime() < end) {
            TestDevices.sleep(20);
        }
        assertThat(joiner.warm()).isGreaterThanOrEqualTo(count);
    }

    /** What the display shows, as the room would see it. */
    Path screenshot(ConferenceSession session, String name) throws IOException, InterruptedException {
        Path file = base.resolve(name);
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-loglevel",
                        "error",
                        "-y",
                        "-f",
                        "x11grab",
                        "-video_size",
                        session.display().width() + "x" + session.display().height(),
                        "-i",
                        session.display().name(),
                        "-frames:v",
                        "1",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(ffmpeg.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    @Override
    public synchronized void close() {
        if (camera != null) {
            camera.close();
        }
        runtime.close();
    }
}
