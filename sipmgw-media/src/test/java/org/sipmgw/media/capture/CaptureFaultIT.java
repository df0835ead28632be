package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.DeviceException;

/** Each outside step fails: it is reported within two seconds, once, nothing is left, and a new capture works. */
@Tag("fault")
class CaptureFaultIT {

    private static final String BALL = "videotestsrc is-live=true pattern=ball";

    @Test
    void deadDisplayIsReportedAndThisProcessLives() throws Exception {
        try (Room room = Room.showing(640, 360, BALL)) {
            RoomCapture capture = open(room);
            Await.until(
                    "media",
                    5_000,
                    () -> room.video.frames() > 5 && room.audio.all().size() > 5);
            room.display.server().kill();
            Await.until("the fault", 2_000, () -> !room.faults.isEmpty());
            assertThat(room.faults).hasSize(1).first().asString().contains("display");
            assertClosesClean(room, capture);
            try (Room other = Room.showing(640, 360, BALL)) {
                RoomCapture next = open(other);
                Await.until("pictures of the other display", 5_000, () -> other.video.frames() > 5);
                assertClosesClean(other, next);
            }
        }
    }

    @Test
    void deadSoundServerIsReported() throws Exception {
        try (Room room = Room.showing(640, 360, BALL)) {
            RoomCapture capture = open(room);
            Await.until("sound", 5_000, () -> room.audio.all().size() > 10);
            room.speaker.process().kill();
            Await.until("the fault", 2_000, () -> !room.faults.isEmpty());
            assertThat(room.faults).hasSize(1);
            assertClosesClean(room, capture);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"display", "sound"})
    void hangingServerIsReportedAndDoesNotHoldTheCapture(String which) throws Exception {
        try (Room room = Room.showing(640, 360, BALL)) {
            RoomCapture capture = open(room);
            Await.until("media", 5_000, () -> room.audio.all().size() > 10 && room.video.frames() > 5);
            long pid = which.equals("display") ? room.display.pid() : room.speaker.pid();
            signal("-STOP", pid);
            try {
                Await.until("the fault", 2_600, () -> !room.faults.isEmpty());
                long start = System.nanoTime();
                capture.close();
                assertThat((System.nanoTime() - start) / 1_000_000)
                        .as("ms to close")
                        .isLessThan(4_000);
            } finally {
                signal("-CONT", pid);
            }
            Await.until("the end of all native objects", 5_000, () -> room.engine.nativeObjects() == 0);
            assertClosesClean(room, capture);
        }
    }

    @Test
    void noSuchDisplayIsADeviceException() throws Exception {
        try (Room room = new Room(64, 64)) {
            TestDisplay gone = new TestDisplay(64, 64);
            gone.close();
            assertThatThrownBy(() -> room.engine.open(
                            gone,
                            room.speaker,
                            java.util.List.of(room.pictures(Streams.vp8(), Streams.SMALL)),
                            room.faults::add))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("X display " + gone.name());
            assertThat(room.engine.nativeObjects()).isZero();
            assertThat(room.faults).isEmpty();
        }
    }

    @Test
    void noSuchSoundServerIsADeviceExceptionAndThePictureIsClosedToo() throws Exception {
        try (Room room = Room.showing(640, 360, BALL)) {
            room.speaker.process().kill();
            assertThatThrownBy(() -> open(room))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("sound");
            assertThat(room.engine.nativeObjects()).isZero();
            assertThat(room.faults).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"libgstx264.so", "libgstopus.so", "libgstpulseaudio.so"})
    void missingElementIsNamedWithItsPackage(String plugin) throws Exception {
        Path directory = Files.createTempDirectory("plugins");
        try {
            Path plugins = linkPluginsWithout(directory, plugin);
            Path log = directory.resolve("log");
            try (TestProcess child = new TestProcess(
                    log,
                    Map.of(
                            "GST_PLUGIN_SYSTEM_PATH_1_0", plugins.toString(),
                            "GST_REGISTRY_1_0", directory.resolve("registry").toString()),
                    java.util.List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            MissingElements.class.getName()))) {
                child.process().waitFor(20, java.util.concurrent.TimeUnit.SECONDS);
                assertThat(Files.readString(log))
                        .contains(
                                switch (plugin) {
                                    case "libgstx264.so" ->
                                        "GStreamer element x264enc (Debian package gstreamer1.0-plugins-ugly)";
                                    case "libgstopus.so" ->
                                        "GStreamer element opusenc (Debian package gstreamer1.0-plugins-base)";
                                    default -> "GStreamer element pulsesrc (Debian package gstreamer1.0-pulseaudio)";
                                });
            }
        } finally {
            TestFiles.delete(directory);
        }
    }

    /** Run in a JVM of its own. */
    static final class MissingElements {
        public static void main(String[] arguments) {
            CaptureEngine.missing().forEach(System.out::println);
        }
    }

    private static RoomCapture open(Room room) {
        return room.open(
                room.pictures(Streams.h264("42e01f", 1), new VideoLimits(640, 360, 30, 500_000)),
                room.sound(Streams.audio("opus"), 20));
    }

    private static void assertClosesClean(Room room, RoomCapture capture) {
        long start = System.nanoTime();
        capture.close();
        assertThat((System.nanoTime() - start) / 1_000_000).as("ms to close").isLessThan(4_000);
        assertThat(room.engine.nativeObjects()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("capture-"));
        assertThatThrownBy(capture::requestKeyFrame).isInstanceOf(IllegalStateException.class);
        capture.close();
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    }

    private static Path linkPluginsWithout(Path directory, String plugin) throws IOException {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        Path installed;
        try (var roots = Files.list(Path.of("/usr/lib"))) {
            installed = roots.map(root -> root.resolve("gstreamer-1.0"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
        try (var files = Files.list(installed)) {
            for (Path file : files.filter(f -> !f.endsWith(plugin)).toList()) {
                Files.createSymbolicLink(plugins.resolve(file.getFileName()), file);
            }
        }
        return plugins;
    }
}
