package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Byte for byte through the real module, with other people's programs at the other end. Those that start such programs are
 * {@code long}: in the user-mode kernel each takes seconds.
 */
@Tag("devices")
class CameraFormatsIT {

    @ParameterizedTest
    @CsvSource({"YUYV,yuyv422,true", "YU12,yuv420p,true", "NV12,nv12,true", "BGR24,bgr24,true", "YU12,yuv420p,false"})
    @Tag("long")
    void ffmpegReadsEveryByteOfEveryFrame(PixelFormat pixels, String name, boolean mapped) throws Exception {
        VideoFormat format = CameraLab.format(pixels);
        Film film = new Film(format, 50, 1);
        Path device = CameraLab.camera(0).path();
        V4l2SinkBuilder builder = V4l2Sink.builder(format);
        try (V4l2Sink sink = (mapped ? builder : builder.written()).open(device)) {
            List<Integer> numbers;
            try (CameraLab.Projector projector = new CameraLab.Projector(sink, film)) {
                numbers = film.numbers(CameraLab.ffmpegReads(device, name, 12));
            }
            // each at most a few times, when this machine was late to hand over the next
            assertThat(numbers.stream().distinct()).as("different frames").hasSizeGreaterThanOrEqualTo(4);
            assertThat(rises(numbers)).as("in order: %s", numbers).isTrue();
            assertThat(sink.statistics().dropped()).isZero();
        }
    }

    /** The film may begin again once. */
    private static boolean rises(List<Integer> numbers) {
        int falls = 0;
        for (int i = 1; i < numbers.size(); i++) {
            falls += numbers.get(i) < numbers.get(i - 1) ? 1 : 0;
        }
        return falls <= 1;
    }

    @Test
    @Tag("long")
    void ffmpegReadsJpegFramesOfAnyLength() throws Exception {
        VideoFormat format = CameraLab.format(PixelFormat.MJPEG);
        Film film = new Film(format, 4, 1);
        Path device = CameraLab.camera(0).path();
        try (V4l2Sink sink = V4l2Sink.builder(format).open(device)) {
            byte[] recording;
            try (CameraLab.Projector projector = new CameraLab.Projector(sink, film)) {
                recording = CameraLab.ffmpegReads(device, "mjpeg", 8);
            }
            assertThat(film.jpegNumbers(recording).stream().distinct()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    @Tag("long")
    void gstreamerReadsEveryByteOfEveryFrame() throws Exception {
        VideoFormat format = CameraLab.format(PixelFormat.YU12);
        Film film = new Film(format, 50, 7);
        Path device = CameraLab.camera(0).path();
        Path file = Files.createTempFile("camera", ".raw");
        try (V4l2Sink sink = V4l2Sink.builder(format).open(device);
                CameraLab.Projector projector = new CameraLab.Projector(sink, film)) {
            CameraLab.run(
                    "gst-launch-1.0",
                    "-q",
                    "v4l2src",
                    "device=" + device,
                    "num-buffers=8",
                    "!",
                    "video/x-raw,format=I420",
                    "!",
                    "filesink",
                    "location=" + file);
            assertThat(film.numbers(Files.readAllBytes(file))).hasSizeGreaterThanOrEqualTo(4);
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"YUYV", "YU12", "NV12", "BGR24"})
    void readsBackEveryFrameItWroteWithItsTime(PixelFormat pixels) {
        VideoFormat format = CameraLab.format(pixels);
        Film film = new Film(format, 16, 3);
        Path device = CameraLab.camera(1).path();
        byte[] got = new byte[film.frame(0).length];
        try (V4l2Sink sink = V4l2Sink.builder(format).open(device);
                V4l2Source source = V4l2Source.open(device, format)) {
            assertThat(source.format()).isEqualTo(format);
            long[] before = {0};
            int[] seen = {-1};
            for (int number = 0; number < film.count(); number++) {
                film.show(sink, number);
                for (int tries = 0; seen[0] != number; tries++) {
                    assertThat(tries).as("frames until number " + number).isLessThan(40);
                    source.next(1000, (picture, bytes, timestampUs, sequence) -> {
                        picture.get(0, got, 0, bytes);
                        seen[0] = film.number(got, 0, bytes);
                        assertThat(timestampUs).isGreaterThanOrEqualTo(before[0]);
                        before[0] = timestampUs;
                    });
                }
            }
        }
    }

    @Test
    @Tag("long")
    void takesPaddedRowsFromADecoder() throws Exception {
        VideoFormat format = CameraLab.format(PixelFormat.YU12);
        FrameLayout tight = FrameLayout.tight(PixelFormat.YU12, CameraLab.WIDTH, CameraLab.HEIGHT);
        FrameLayout padded = FrameLayout.strided(PixelFormat.YU12, CameraLab.WIDTH, CameraLab.HEIGHT, 256);
        Film film = new Film(format, 1, 11);
        ByteBuffer wide = ByteBuffer.allocateDirect(padded.bytes());
        tight.copy(ByteBuffer.wrap(film.frame(0)), 0, padded, wide);
        Path device = CameraLab.camera(0).path();
        try (V4l2Sink sink = V4l2Sink.builder(format).open(device)) {
            CameraLab.await("shown", () -> sink.frame(wide, 0, padded) == FrameResult.SHOWN);
            assertThat(film.numbers(CameraLab.ffmpegReads(device, "yuv420p", 3)))
                    .contains(0);
        }
    }

    @Test
    @Tag("long")
    void readsWhatAnotherProgramWrites() throws Exception {
        Path device = CameraLab.camera(2).path();
        VideoFormat format = new VideoFormat(PixelFormat.YU12, 160, 96, 20);
        Process writer = CameraLab.start(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-re",
                "-f",
                "lavfi",
                "-i",
                "color=c=white:size=160x96:rate=20",
                "-pix_fmt",
                "yuv420p",
                "-f",
                "v4l2",
                device.toString());
        try {
            CameraLab.await("a writer", () -> CameraLab.camera(2).captures());
            try (V4l2Source source = V4l2Source.open(device, format)) {
                assertThat(source.format().width()).isEqualTo(160);
                int[] luma = {0};
                CameraLab.await(
                        "a frame",
                        () -> source.next(
                                500, (picture, bytes, timestampUs, sequence) -> luma[0] = picture.get(160) & 255));
                assertThat(luma[0]).as("white").isBetween(230, 240);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }
}
