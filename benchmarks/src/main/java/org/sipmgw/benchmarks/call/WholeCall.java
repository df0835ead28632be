package org.sipmgw.benchmarks.call;

import static org.sipmgw.benchmarks.call.Stage.words;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.sipmgw.media.capture.RoomCapture;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.spi.DisplayPort;

/**
 * The cost of one 720p30 call at 2 Mb/s, part by part, in busy cores, and the same parts done by ffmpeg and by
 * GStreamer's own tools in the way an ordinary gateway is put together. Argument: seconds per measurement, 10 where not
 * given. The browser is not part of it: it costs the same whoever runs it.
 */
public final class WholeCall {

    private static final String X264 = "-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline"
            + " -pix_fmt yuv420p -g 300 -b:v 2M -maxrate 2M -bufsize 800k";

    private final Stage stage;
    private final Meter meter;

    private WholeCall(Stage stage, Meter meter) {
        this.stage = stage;
        this.meter = meter;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        System.out.println("One call part by part, 1280x720 at 30 frames and 2 Mb/s, in busy cores; X server included");
        try (Stage stage = new Stage()) {
            new WholeCall(stage, new Meter(seconds)).run();
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Recording recording = new Recording();
        Map<String, Double> ours = new LinkedHashMap<>();
        Map<String, Double> theirs = new LinkedHashMap<>();
        try (ChildProcess picture = stage.movingPicture()) {
            picture("moving picture to the room", recording, ours, theirs);
        }
        picture("still picture to the room", (buffer, offset, length) -> {}, ours, theirs);
        sound(ours, theirs);
        camera(recording, ours, theirs);
        System.out.println();
        line("sum, picture moving", total(ours, "still"), total(theirs, "still"));
        line("sum, picture still", total(ours, "moving"), total(theirs, "moving"));
    }

    private void picture(String part, PacketSink sink, Map<String, Double> ours, Map<String, Double> theirs)
            throws IOException, InterruptedException {
        heading(part + " (grab, encode, RTP)");
        try (RoomCapture capture = Capture.video(stage, sink)) {
            long before = frames(capture);
            ours.put(part, show("this gateway", withDisplay(Meter::self)));
            note(frames(capture) - before);
        }
        DisplayPort display = stage.display();
        try (RtpDrain drain = new RtpDrain()) {
            String ffmpeg = "ffmpeg -v error -nostdin -f x11grab -draw_mouse 0 -framerate 30 -video_size 1280x720 -i "
                    + display.name() + " " + X264 + " -f rtp rtp://127.0.0.1:" + drain.port() + "?pkt_size=1200";
            theirs.put(part, alternative("ffmpeg x11grab, libx264, as the incumbent", ffmpeg, ours.get(part)));
            note(drain.frames());
        }
        try (RtpDrain drain = new RtpDrain()) {
            String gst = "gst-launch-1.0 -q ximagesrc use-damage=false show-pointer=false"
                    + " ! video/x-raw,framerate=30/1 ! videoconvert ! video/x-raw,format=I420"
                    + " ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=2000 key-int-max=300 threads=1"
                    + " ! rtph264pay mtu=1200 ! udpsink host=127.0.0.1 sync=false port=" + drain.port();
            alternative("gst-launch ximagesrc, x264enc", gst, ours.get(part));
            note(drain.frames());
        }
    }

    private void sound(Map<String, Double> ours, Map<String, Double> theirs) throws IOException, InterruptedException {
        String part = "sound to the room";
        heading(part + " (record, Opus, RTP; sound server not counted)");
        try (ChildProcess tone = stage.tone()) {
            try (RoomCapture capture = Capture.audio(stage, (buffer, offset, length) -> {})) {
                ours.put(part, show("this gateway", meter.cores(Meter::self)));
            }
            try (RtpDrain drain = new RtpDrain();
                    ChildProcess ffmpeg = stage.start(
                            "ffmpeg",
                            stage.speaker().environment(),
                            words("ffmpeg -v error -nostdin -f pulse -i "
                                    + stage.speaker().monitor() + " -c:a libopus -b:a 64k -f rtp rtp://127.0.0.1:"
                                    + drain.port()))) {
                theirs.put(part, meter.cores(() -> Meter.process(ffmpeg)));
                line("ffmpeg pulse, libopus", ours.get(part), theirs.get(part));
            }
        }
    }

    private void camera(Recording recording, Map<String, Double> ours, Map<String, Double> theirs)
            throws IOException, InterruptedException {
        String part = "room's picture to the page";
        heading(part + " (up to what the browser reads)");
        try (Forward forward = new Forward();
                Recording.Player player = recording.play(forward.port())) {
            ours.put(part, show("this gateway: forwarded, SRTP", meter.cores(() -> Meter.thread(Forward.THREAD))));
            System.out.printf("      %d packets arrived%n", forward.received());
        }
        try (DisplayPort second = stage.secondDisplay();
                RtpPortHold hold = RtpPortHold.choose()) {
            int port = hold.release();
            String decode = "gst-launch-1.0 -q udpsrc address=127.0.0.1 port=" + port
                    + " caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=102"
                    + " ! rtph264depay ! avdec_h264 max-threads=1 ! videoconvert ! ximagesink sync=false";
            String grab = "ffmpeg -v error -nostdin -f x11grab -draw_mouse 0 -framerate 30 -video_size 1280x720 -i "
                    + second.name() + " -pix_fmt yuv420p -f rawvideo -y /dev/null";
            try (ChildProcess decoder = stage.start("decode", second.environment(), words(decode));
                    ChildProcess grabber = stage.start("grab", second.environment(), words(grab));
                    Recording.Player player = recording.play(port)) {
                theirs.put(
                        part,
                        meter.cores(
                                () -> Meter.process(decoder) + Meter.process(grabber) + Meter.process(second.pid())));
                line("decoded to an X window, grabbed by ffmpeg", ours.get(part), theirs.get(part));
            }
        }
    }

    private double alternative(String name, String command, double ours) throws InterruptedException {
        try (ChildProcess process = stage.start("other", stage.display().environment(), words(command))) {
            double cores = withDisplay(() -> Meter.process(process));
            line(name, ours, cores);
            return cores;
        }
    }

    private double withDisplay(DoubleSupplier cpuSeconds) throws InterruptedException {
        long server = stage.display().pid();
        return meter.cores(() -> cpuSeconds.getAsDouble() + Meter.process(server));
    }

    private static long frames(RoomCapture capture) {
        return capture.statistics(MediaKind.VIDEO).orElseThrow().frames();
    }

    private static double total(Map<String, Double> parts, String without) {
        return parts.entrySet().stream()
                .filter(part -> !part.getKey().startsWith(without))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static void heading(String text) {
        System.out.println();
        System.out.println(text);
    }

    private static double show(String name, double cores) {
        System.out.printf(Locale.ROOT, "  %-46s %6.3f%n", name, cores);
        return cores;
    }

    /** Their cores, and how many times ours. */
    private static void line(String name, double ours, double theirs) {
        System.out.printf(
                Locale.ROOT, "  %-46s %6.3f   %5.1f times this gateway's %.3f%n", name, theirs, theirs / ours, ours);
    }

    private static void note(long frames) {
        System.out.printf("      %d pictures%n", frames);
    }
}
