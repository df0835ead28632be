package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("media")
class RoomCaptureIT {

    @Test
    void sendsPictureAndSoundOfOneDisplayAndSpeaker() throws Exception {
        CaptureEngine engine = new CaptureEngine(CaptureSettings.defaults());
        Packets video = new Packets();
        Packets audio = new Packets();
        List<String> faults = new CopyOnWriteArrayList<>();
        try (TestDisplay display = new TestDisplay(1280, 720);
                TestSpeaker speaker = new TestSpeaker();
                TestProcess drawing = display.draw("videotestsrc is-live=true pattern=ball");
                TestProcess playing = speaker.play("audiotestsrc")) {
            Await.sleep(1000);
            List<OutgoingStream> streams = List.of(
                    Streams.out(Streams.video(Streams.h264("42e01f", 1), Streams.HD), video),
                    Streams.out(Streams.sound(Streams.audio("opus"), 20), audio));
            RoomCapture capture = engine.open(display, speaker, streams, faults::add);
            Await.until("media", 5_000, () -> video.frames() > 0 && !audio.all().isEmpty());
            video.clear();
            audio.clear();
            Await.sleep(3000);
            capture.close();
            assertThat(engine.nativeObjects()).isZero();
            assertThat(faults).isEmpty();
            assertThat(video.frames()).isBetween(60L, 100L);
            assertThat(audio.all().size()).isBetween(120, 170);
        }
    }
}
