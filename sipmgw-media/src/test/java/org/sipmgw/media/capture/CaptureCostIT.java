package org.sipmgw.media.capture;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;

/** Prints what a capture costs beside {@code gst-launch-1.0} doing the same. No assertion: CPU time is a measurement. */
@Tag("long")
class CaptureCostIT {

    private static final int SECONDS = 10;
    private static final String MOVING =
            System.getenv().getOrDefault("CAPTURE_PICTURE", "videotestsrc is-live=true pattern=ball");

    @Test
    void movingH264() throws Exception {
        measure("moving H264", MOVING, Streams.h264("42e01f", 1));
    }

    @Test
    void stillH264() throws Exception {
        measure("still H264", "videotestsrc pattern=smpte num-buffers=2", Streams.h264("42e01f", 1));
    }

    @Test
    void movingVp8() throws Exception {
        measure("moving VP8", MOVING, Streams.vp8());
    }

    private static void measure(String name, String picture, RtpCodec codec) throws Exception {
        CaptureEngine engine = new CaptureEngine(CaptureSettings.defaults());
        try (TestDisplay display = new TestDisplay(1280, 720);
                TestSpeaker speaker = new TestSpeaker();
                TestProcess drawing = display.draw(picture.replace("num-buffers=2", "is-live=true ! imagefreeze"));
                TestProcess playing = speaker.play("audiotestsrc")) {
            List<OutgoingStream> streams = List.of(
                    Streams.out(Streams.video(codec, Streams.HD), (b, o, l) -> {}),
                    Streams.out(Streams.sound(Streams.audio("opus"), 20), (b, o, l) -> {}));
            try (RoomCapture capture = engine.open(display, speaker, streams, detail -> {
                throw new IllegalStateException(detail);
            })) {
                Await.sleep(3000);
                long frames = capture.statistics(MediaKind.VIDEO).orElseThrow().frames();
                long bytes = capture.statistics(MediaKind.VIDEO).orElseThrow().payloadBytes();
                Map<String, Double> threads = CpuTime.ofThreads();
                double self = CpuTime.ofThisProcess();
                double server = CpuTime.of(display.pid());
                double sound = CpuTime.of(speaker.pid());
                Await.sleep(SECONDS * 1000L);
                self = (CpuTime.ofThisProcess() - self) / SECONDS;
                server = (CpuTime.of(display.pid()) - server) / SECONDS;
                sound = (CpuTime.of(speaker.pid()) - sound) / SECONDS;
                frames = capture.statistics(MediaKind.VIDEO).orElseThrow().frames() - frames;
                bytes = capture.statistics(MediaKind.VIDEO).orElseThrow().payloadBytes() - bytes;
                System.out.printf(
                        "%s: %.1f fps %d kb/s; cores: this process %.3f, Xvfb %.3f, Pulse %.3f; %s%n",
                        name,
                        frames / (double) SECONDS,
                        bytes * 8 / 1000 / SECONDS,
                        self,
                        server,
                        sound,
                        capture.statistics(MediaKind.VIDEO).orElseThrow());
                Map<String, Double> after = CpuTime.ofThreads();
                after.forEach((thread, seconds) -> {
                    double cores = (seconds - threads.getOrDefault(thread, 0.0)) / SECONDS;
                    if (cores > 0.002) {
                        System.out.printf("    %-20s %.3f%n", thread, cores);
                    }
                });
            }
        }
    }
}
