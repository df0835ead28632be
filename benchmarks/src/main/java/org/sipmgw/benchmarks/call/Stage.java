package org.sipmgw.benchmarks.call;

import java.util.List;
import java.util.Map;
import org.sipmgw.devices.PulseSpeakers;
import org.sipmgw.devices.XvfbDisplays;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** A display and a speaker as the browser of a call has them, and processes on them. Closing ends everything. */
final class Stage implements AutoCloseable {

    static final int WIDTH = 1280;
    static final int HEIGHT = 720;

    private final RuntimeDirectory runtime = RuntimeDirectory.open(RunAs.ordinaryUser());
    private final XvfbDisplays displays = XvfbDisplays.builder(runtime).build();
    private final DisplayPort display = displays.open(WIDTH, HEIGHT);
    private final SpeakerPort speaker = PulseSpeakers.builder(runtime).build().open();

    DisplayPort display() {
        return display;
    }

    SpeakerPort speaker() {
        return speaker;
    }

    /** A further display, for a picture of the room. */
    DisplayPort secondDisplay() {
        return displays.open(WIDTH, HEIGHT);
    }

    ChildProcess start(String name, Map<String, String> environment, List<String> command) {
        return ChildProcess.builder(runtime, name, command)
                .environment(environment)
                .start();
    }

    /** A picture that moves as a whole, 30 times a second. */
    ChildProcess movingPicture() {
        return start(
                "picture",
                display.environment(),
                words("gst-launch-1.0 -q videotestsrc is-live=true pattern=smpte horizontal-speed=4"
                        + " ! video/x-raw,width=" + WIDTH + ",height=" + HEIGHT + ",framerate=30/1"
                        + " ! videoconvert ! ximagesink sync=true"));
    }

    ChildProcess tone() {
        return start(
                "tone",
                speaker.environment(),
                words(
                        "gst-launch-1.0 -q audiotestsrc is-live=true freq=440 ! audio/x-raw,rate=48000,channels=2 ! pulsesink"));
    }

    static List<String> words(String command) {
        return List.of(command.split(" +", -1));
    }

    @Override
    public void close() {
        speaker.close();
        display.close();
        runtime.close();
    }
}
