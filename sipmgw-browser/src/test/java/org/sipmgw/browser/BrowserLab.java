package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.sipmgw.conference.JoinException;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConferenceListener;
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
                    (width, height) -> Optional.empty(),
                    List.of(),
                    AllowedHosts.of(List.of()),
                    0,
                    new BrowserConfig.Size(1280, 720),
                    new BrowserConfig.Programs("/usr/lib/chromium/chromium", "/usr/bin/chromedriver"),
                    Duration.ofMillis(100),
                    1,
                    Optional.empty()));
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

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TestDevices.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Opens a session that must be warm. */
    ConferenceSession warmSession(BrowserJoiner joiner, ConferenceListener listener) throws Exception {
        awaitWarm(joiner, 1);
        ConferenceSession session = await(joiner.open(listener));
        assertThat(session.warm()).isTrue();
        return session;
    }

    /** Why a join failed. */
    static JoinException failure(CompletionStage<?> join) throws Exception {
        try {
            await(join);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(JoinException.class);
            return (JoinException) e.getCause();
        }
        throw new AssertionError("joined");
    }

    @Override
    public synchronized void close() {
        if (camera != null) {
            camera.close();
        }
        runtime.close();
        try (Stream<Path> files = Files.walk(base)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
