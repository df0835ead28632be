package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.sipmgw.media.gst.RtpAudioDecoder;
import org.sipmgw.media.gst.RtpVideoDecoder;
import org.sipmgw.sdp.RtpCodec;

/** A flash and a beep at the same time, once a second: their RTP timestamps say the same moment. And how late packets are. */
@Tag("media")
@Tag("alone")
@Isolated
class LipSyncIT {

    private static final RtpCodec VIDEO = Streams.h264("42e01f", 1);
    private static final RtpCodec AUDIO = Streams.audio("opus");

    @Test
    void flashAndBeepAreCapturedTogether() throws Exception {
        Path directory = Files.createTempDirectory("flash");
        Path film = directory.resolve("film.mkv");
        film(film);
        try (Room room = new Room(640, 360);
                TestProcess player = player(room, film)) {
            Await.sleep(1500);
            OutgoingStream pictures = room.pictures(VIDEO, Streams.SMALL);
            OutgoingStream sound = room.sound(AUDIO, 20);
            try (RoomCapture capture = room.open(pictures, sound)) {
                Await.sleep(9_000);
            }
            List<Double> flashes = flashes(room.video.all(), pictures.numbering());
            List<Double> beeps = beeps(room.audio.all(), sound.numbering());
            List<Double> skews = new ArrayList<>();
            for (double flash : flashes) {
                beeps.stream()
                        .map(beep -> flash - beep)
                        .filter(skew -> Math.abs(skew) < 400)
                        .findFirst()
                        .ifPresent(skews::add);
            }
            System.out.println("picture after sound, ms: "
                    + skews.stream().map(Math::round).toList());
            System.out.println("grab to packet, ms: " + latency(room.video.all(), pictures.numbering()));
            assertThat(skews).hasSizeGreaterThanOrEqualTo(5);
            double median = skews.stream().sorted().toList().get(skews.size() / 2);
            assertThat(Math.abs(median)).isLessThan(60);
        } finally {
            TestFiles.delete(directory);
        }
    }

    private static void film(Path film) throws Exception {
        String video = "color=black:size=640x360:rate=30:duration=14,"
                + "drawbox=color=white:t=fill:enable='lt(mod(t\\,1)\\,0.2)'";
        String audio = "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.2)':s=48000:d=14";
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        video,
                        "-f",
                        "lavfi",
                        "-i",
                        audio,
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-tune",
                        "zerolatency",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "pcm_s16le",
                        film.toString())
                .inheritIO()
                .start();
        assertThat(ffmpeg.waitFor()).isZero();
    }

    private static TestProcess player(Room room, Path film) throws Exception {
        Map<String, String> environment = new java.util.HashMap<>(room.display.environment());
        environment.putAll(room.speaker.environment());
        String run = "exec gst-launch-1.0 -q filesrc location=" + film + " ! matroskademux name=d"
                + " d.video_0 ! queue ! avdec_h264 max-threads=1 ! videoconvert ! ximagesink"
                + " d.audio_0 ! queue ! audioconvert ! pulsesink";
        return new TestProcess(film.resolveSibling("log"), environment, List.of("sh", "-c", run));
    }

    /** Milliseconds on the monotonic clock at which the picture turns white. */
    private static List<Double> flashes(List<Packets.Packet> packets, RtpNumbering numbering) {
        List<Double> flashes = new CopyOnWriteArrayList<>();
        boolean[] white = {true};
        int[] seen = {0};
        try (RtpVideoDecoder decoder = new RtpVideoDecoder(VIDEO, picture -> {
            boolean now = picture.luma(320, 180) > 128;
            if (now && !white[0]) {
                flashes.add(ms(picture.rtpTimestamp(), numbering));
            }
            white[0] = now;
            seen[0]++;
        })) {
            packets.forEach(p -> decoder.packet(p.bytes(), 0, p.bytes().length));
            Await.sleep(1000);
        }
        return flashes;
    }

    /** Milliseconds at which the sound begins after silence. */
    private static List<Double> beeps(List<Packets.Packet> packets, RtpNumbering numbering) {
        List<Double> beeps = new CopyOnWriteArrayList<>();
        int[] silent = {0};
        try (RtpAudioDecoder decoder = new RtpAudioDecoder(AUDIO, (samples, count, timestamp) -> {
            for (int i = 0; i < count; i++) {
                if (Math.abs(samples[i]) < 2000) {
                    silent[0]++;
                } else {
                    if (silent[0] > 20_000) {
                        beeps.add(ms(timestamp + i, numbering));
                    }
                    silent[0] = 0;
                }
            }
        })) {
            packets.forEach(p -> decoder.packet(p.bytes(), 0, p.bytes().length));
            Await.sleep(1000);
        }
        return beeps;
    }

    private static String latency(List<Packets.Packet> packets, RtpNumbering numbering) {
        double[] ms = packets.stream()
                .filter(Packets.Packet::marker)
                .mapToDouble(p -> p.atNs() / 1e6 - ms(p.timestamp(), numbering))
                .sorted()
                .toArray();
        return "p50 " + Math.round(ms[ms.length / 2]) + " p95 " + Math.round(ms[ms.length * 95 / 100]) + " max "
                + Math.round(Arrays.stream(ms).max().orElse(0));
    }

    private static double ms(int timestamp, RtpNumbering numbering) {
        long nowNs = System.nanoTime();
        int ago = numbering.timestampAt(nowNs) - timestamp;
        return nowNs / 1e6 - ago * 1000.0 / numbering.clockRateHz();
    }
}
