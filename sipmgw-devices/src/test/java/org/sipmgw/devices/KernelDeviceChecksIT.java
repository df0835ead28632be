package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.devices.v4l2.PixelFormat;
import org.sipmgw.devices.v4l2.V4l2Sink;
import org.sipmgw.devices.v4l2.VideoFormat;
import org.sipmgw.devices.v4l2.VideoNodes;

@Tag("devices")
class KernelDeviceChecksIT {

    @Test
    void tellsWhoHoldsACamera() {
        try (V4l2Sink sink =
                V4l2Sink.builder(new VideoFormat(PixelFormat.YU12, 160, 96, 20)).openFree()) {
            assertThat(KernelDeviceChecks.run().get(0).detail())
                    .contains(sink.card() + " (" + sink.path() + ") held by java (process "
                            + ProcessHandle.current().pid() + ")")
                    .contains(" free");
        }
    }

    @Test
    void showsAFrameAndATonePerDeviceAndMendsACameraThatFfmpegLeftUnusable() throws Exception {
        Path camera = VideoNodes.loopbacks().get(0).path();
        Process ffmpeg = new ProcessBuilder(
                        ("ffmpeg -v error -nostdin -f lavfi -i testsrc=size=160x96:rate=20 -frames:v 3 -pix_fmt yuv420p"
                                        + " -f v4l2 " + camera)
                                .split(" "))
                .inheritIO()
                .start();
        assertThat(ffmpeg.waitFor()).isZero();
        assertThat(KernelDeviceChecks.tryOut())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(check -> assertThat(check.ok()).as(check.detail()).isTrue());
        assertThat(VideoNodes.loopbacks().get(0).outputs()).isTrue();
    }
}
