package org.sipmgw.media.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.VideoLimits;

/** One capture with a display, a speaker and what came out, for tests. Closing it checks that nothing is left. */
final class Room implements AutoCloseable {
    final CaptureEngine engine = new CaptureEngine(CaptureSettings.defaults());
    final Packets video = new Packets();
    final Packets audio = new Packets();
    final List<String> faults = new CopyOnWriteArrayList<>();
    final TestDisplay display;
    final TestSpeaker speaker;
    final List<TestProcess> programs = new ArrayList<>();

    Room(int width, int height) throws Exception {
        display = new TestDisplay(width, height);
        speaker = new TestSpeaker();
    }

    /** A room whose display shows a test picture. */
    static Room showing(int width, int height, String picture) throws Exception {
        Room room = new Room(width, height);
        room.programs.add(room.display.draw(picture));
        Await.sleep(800);
        return room;
    }

    OutgoingStream pictures(RtpCodec codec, VideoLimits limits) {
        return Streams.out(Streams.video(codec, limits), video);
    }

    OutgoingStream sound(RtpCodec codec, int packetTimeMs) {
        NegotiatedStream negotiated = Streams.sound(codec, packetTimeMs);
        return Streams.out(negotiated, audio);
    }

    RoomCapture open(OutgoingStream... streams) {
        return engine.open(display, speaker, List.of(streams), faults::add);
    }

    @Override
    public void close() {
        programs.forEach(TestProcess::close);
        speaker.close();
        display.close();
    }
}
