package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.devices.kernel.CountingKernel;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.spi.DeviceException;

/** What happens around a camera's frames: programs come and go, devices too. */
@Tag("devices")
class CameraLifeIT {
    private static final VideoFormat FORMAT = CameraLab.format(PixelFormat.YU12);

    @Test
    @Tag("long")
    void twoCamerasDoNotMix() throws Exception {
        Film one = new Film(FORMAT, 40, 100);
        Film two = new Film(FORMAT, 40, 900);
        try (V4l2Sink first = V4l2Sink.builder(FORMAT).openFree();
                V4l2Sink second = V4l2Sink.builder(FORMAT).openFree();
                CameraLab.Projector a = new CameraLab.Projector(first, one);
                CameraLab.Projector b = new CameraLab.Projector(second, two)) {
            assertThat(first.path()).isNotEqualTo(second.path());
            assertThat(one.numbers(CameraLab.ffmpegReads(first.path(), "yuv420p", 8)))
                    .isNotEmpty();
            assertThat(two.numbers(CameraLab.ffmpegReads(second.path(), "yuv420p", 8)))
                    .isNotEmpty();
        }
    }

    @Test
    @Tag("long")
    void showsTheStillPictureAndThenTheLastFrameWhileNothingComes() throws Exception {
        Film film = new Film(FORMAT, 1, 5);
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).openFree()) {
            assertThat(film.numbers(CameraLab.ffmpegReads(sink.path(), "yuv420p", 3)))
                    .as("still")
                    .isEmpty();
            CameraLab.await("shown", () -> film.show(sink, 0) == FrameResult.SHOWN);
            assertThat(film.numbers(CameraLab.ffmpegReads(sink.path(), "yuv420p", 5)))
                    .containsOnly(0)
                    .hasSize(5);
            sink.still();
            assertThat(film.numbers(CameraLab.ffmpegReads(sink.path(), "yuv420p", 3)))
                    .as("still")
                    .hasSizeLessThan(2);
        }
    }

    @Test
    @Tag("long")
    void noticesReadersComeAndGo() throws Exception {
        List<Boolean> heard = new CopyOnWriteArrayList<>();
        SinkListener listener = new SinkListener() {
            @Override
            public void readers(boolean present) {
                heard.add(present);
            }
        };
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).listener(listener).openFree()) {
            for (int visit = 1; visit <= 2; visit++) {
                Process reader = CameraLab.start(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-f",
                        "v4l2",
                        "-i",
                        sink.path().toString(),
                        "-f",
                        "null",
                        "-");
                int heardBefore = 2 * visit - 2;
                CameraLab.await("the reader is seen", () -> heard.size() == heardBefore + 1);
                assertThat(sink.readers()).anyMatch(holder -> holder.command().equals("ffmpeg"));
                reader.destroyForcibly().waitFor();
                CameraLab.await("it has left", () -> heard.size() == heardBefore + 2);
            }
            assertThat(heard).containsExactly(true, false, true, false);
            assertThat(sink.lostBecause()).isNull();
        }
    }

    @Test
    void aDeviceTakenIsRefusedToOthersByNameOfItsHolder() {
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).openFree()) {
            long self = ProcessHandle.current().pid();
            assertThatThrownBy(() -> V4l2Sink.builder(FORMAT).open(sink.path()))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(sink.path() + ": flock")
                    .hasMessageContaining("process " + self);
        }
    }

    @Test
    void whenAllAreTakenItSaysOfEachWhatKeepsIt() {
        List<V4l2Sink> taken = new CopyOnWriteArrayList<>();
        try {
            int cameras = VideoNodes.loopbacks().size();
            for (int i = 0; i < cameras; i++) {
                taken.add(V4l2Sink.builder(FORMAT).openFree());
            }
            assertThat(taken).extracting(V4l2Sink::path).doesNotHaveDuplicates();
            assertThatThrownBy(() -> V4l2Sink.builder(FORMAT).openFree())
                    .hasMessageContaining("none is free")
                    .hasMessageContaining(taken.get(0).path().toString())
                    .hasMessageContaining(taken.get(cameras - 1).path().toString());
        } finally {
            taken.forEach(V4l2Sink::close);
        }
    }

    @Test
    @Tag("long")
    void aKilledWriterLeavesTheDeviceFree() throws Exception {
        Path device = CameraLab.camera(0).path();
        Process writer = CameraLab.start(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DyingWriter.class.getName(),
                device.toString());
        assertThat(writer.inputReader().readLine()).isEqualTo("showing");
        assertThatThrownBy(() -> V4l2Sink.builder(FORMAT).open(device)).hasMessageContaining("process " + writer.pid());
        writer.destroyForcibly().waitFor();
        Film film = new Film(FORMAT, 1, 9);
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).open(device)) {
            CameraLab.await("shown", () -> film.show(sink, 0) == FrameResult.SHOWN);
            assertThat(film.numbers(CameraLab.ffmpegReads(device, "yuv420p", 3)))
                    .contains(0);
        }
    }

    @Test
    @Tag("long")
    void anotherFormatCanFollowOnTheSameDevice() throws Exception {
        Path device = CameraLab.camera(0).path();
        for (VideoFormat format : List.of(
                new VideoFormat(PixelFormat.YU12, 320, 180, 20), new VideoFormat(PixelFormat.YUYV, 160, 96, 20))) {
            Film film = new Film(format, 1, 2);
            try (V4l2Sink sink = V4l2Sink.builder(format).open(device)) {
                CameraLab.await("shown", () -> film.show(sink, 0) == FrameResult.SHOWN);
                String input = format.pixels() == PixelFormat.YU12 ? "yuv420p" : "yuyv422";
                assertThat(film.numbers(CameraLab.ffmpegReads(device, input, 2)))
                        .contains(0);
            }
        }
    }

    @Test
    void aDeviceThatGoesAwayIsTakenBackWhenItReturns() throws Exception {
        CountingKernel kernel = new CountingKernel(0);
        List<String> heard = new CopyOnWriteArrayList<>();
        SinkListener listener = new SinkListener() {
            @Override
            public void lost(String detail) {
                heard.add(detail);
            }

            @Override
            public void back(String path) {
                heard.add("back");
            }
        };
        Film film = new Film(FORMAT, 1, 4);
        try (V4l2Sink sink =
                V4l2Sink.builder(FORMAT).kernel(kernel).listener(listener).openFree()) {
            CameraLab.await("shown", () -> film.show(sink, 0) == FrameResult.SHOWN);
            kernel.breaks(V4l2Layout.QBUF, Errno.ENODEV);
            CameraLab.await("lost", () -> !heard.isEmpty());
            assertThat(film.show(sink, 0)).isEqualTo(FrameResult.GONE);
            assertThat(heard.get(0)).contains(sink.path().toString(), "QBUF", "ENODEV");
            kernel.breaks(V4l2Layout.QBUF, 0);
            CameraLab.await("back", () -> heard.contains("back"));
            CameraLab.await("shown again", () -> film.show(sink, 0) == FrameResult.SHOWN);
            assertThat(film.numbers(CameraLab.ffmpegReads(sink.path(), "yuv420p", 3)))
                    .contains(0);
        }
        assertThat(kernel.open()).isZero();
    }

    @Test
    @Tag("long")
    void theModuleStaysWhileACameraIsShown() throws Exception {
        Film film = new Film(FORMAT, 1, 6);
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).openFree()) {
            Process rmmod = CameraLab.start("/sbin/rmmod", "v4l2loopback");
            assertThat(rmmod.waitFor()).as("rmmod under load").isNotZero();
            CameraLab.await("shown", () -> film.show(sink, 0) == FrameResult.SHOWN);
            assertThat(film.numbers(CameraLab.ffmpegReads(sink.path(), "yuv420p", 2)))
                    .contains(0);
        }
    }

    @Test
    void browsersSeeACameraOnlyWhileItIsShownIfCapsAreExclusive() {
        VideoNode exclusive = CameraLab.camera(0);
        assertThat(exclusive.outputs()).isTrue();
        assertThat(exclusive.captures()).as("nobody writes").isFalse();
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).open(exclusive.path())) {
            assertThat(CameraLab.camera(0).captures()).isTrue();
            assertThat(CameraLab.camera(0).outputs()).isFalse();
            assertThat(sink.card()).isEqualTo(exclusive.card());
        }
        assertThat(CameraLab.camera(0).captures()).isFalse();
    }

    @Test
    @Tag("long")
    void aCameraWithoutExclusiveCapsServesToo() throws Exception {
        VideoNode open = CameraLab.camera(VideoNodes.loopbacks().size() - 1);
        assertThat(open.captures() && open.outputs())
                .as("the lab's last camera has exclusive_caps=0")
                .isTrue();
        Film film = new Film(FORMAT, 1, 8);
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).open(open.path())) {
            CameraLab.await("shown", () -> film.show(sink, 0) == FrameResult.SHOWN);
            assertThat(film.numbers(CameraLab.ffmpegReads(open.path(), "yuv420p", 2)))
                    .contains(0);
        }
    }

    @Test
    void v4l2CtlSeesFormatSizeRateAndName() throws Exception {
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).openFree()) {
            String seen = CameraLab.run("v4l2-ctl", "-d", sink.path().toString(), "--all");
            assertThat(seen).contains("v4l2 loopback", sink.card(), "'YU12'", "160/96", "20.000");
            assertThat(V4l2Source.modes(sink.path()))
                    .anyMatch(mode -> mode.fourcc().equals("YU12")
                            && mode.maxWidth() == 160
                            && mode.framesPerSecond().contains(20.0));
        }
    }

    @Test
    @Tag("long")
    void anOrdinaryUserWithoutTheGroupIsToldSo() throws Exception {
        String seen = CameraLab.run(
                "setpriv",
                "--reuid",
                "65534",
                "--regid",
                "65534",
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RefusedUser.class.getName());
        assertThat(seen).contains("/dev/video0: not permitted (group video)");
    }

    @Test
    void everyCallMayFailAndNothingStaysOpen() {
        String failed = "";
        for (int step = 1; step == 1 || !failed.isEmpty(); step++) {
            CountingKernel kernel = new CountingKernel(step);
            Path device = CameraLab.camera(0).path();
            try (V4l2Sink sink = V4l2Sink.builder(FORMAT).kernel(kernel).open(device);
                    V4l2Source source = V4l2Source.open(kernel, device, FORMAT)) {
                source.next(100, (picture, bytes, timestampUs, sequence) -> {});
            } catch (DeviceException e) {
                assertThat(e).hasMessageMatching("(?s)/dev/video\\d+: \\S+: .*");
            }
            failed = kernel.failed();
            assertThat(kernel.open()).as("left open after '%s' failed", failed).isZero();
            assertThat(step).isLessThan(200);
        }
    }

    @Test
    @Tag("long")
    void aThousandOpeningsLeaveNothing() throws Exception {
        Path device = CameraLab.camera(0).path();
        V4l2Sink.builder(FORMAT).open(device).close();
        long files = openFiles();
        long threads = Thread.getAllStackTraces().size();
        long mappings = mappings();
        for (int i = 0; i < 1000; i++) {
            V4l2Sink.builder(FORMAT).open(device).close();
        }
        assertThat(openFiles()).isLessThanOrEqualTo(files);
        assertThat(mappings()).isLessThanOrEqualTo(mappings);
        assertThat((long) Thread.getAllStackTraces().size()).isLessThanOrEqualTo(threads);
    }

    private static long openFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static long mappings() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("/dev/video")).count();
        }
    }
}
