package org.sipmgw.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.sipmgw.testsupport.Quality;
import org.sipmgw.testsupport.ReceivedAudio;
import org.sipmgw.testsupport.ReceivedVideo;
import org.sipmgw.testsupport.RtpPacket;
import org.sipmgw.testsupport.RtpRecording;
import org.sipmgw.testsupport.SentFrames;
import org.sipmgw.testsupport.Tones;

/**
 * One direction of the demo's call, decoded and checked after the call.
 *
 * @param fields what report.json says of it
 * @param pictures what arrived
 * @param moments some pictures as they arrived
 */
record DemoDirection(Map<String, Object> fields, List<ReceivedVideo.Picture> pictures, List<Moment> moments) {

    private static final int FRAME_RATE = 30;
    private static final int MOMENTS = 3;
    /** Of the pictures, how many must show the pattern; the others may be torn by a change of the page. */
    private static final double LEAST_SHARE = 0.8;

    /** A received picture, its frame number and how old it was. */
    record Moment(BufferedImage image, long frame, double latencyMs) {}

    /** What is measured. */
    record Source(RtpRecording video, RtpRecording audio, String codec, int sender, Tones tones) {}

    static DemoDirection measure(Source source, SentFrames sent, long fromNs, long toNs) throws IOException {
        List<RtpPacket> packets = source.video.packets();
        long beginning = lastKeyBefore(packets, fromNs);
        List<RtpPacket> window = packets.stream()
                .filter(p -> p.arrivalNs() >= beginning && p.arrivalNs() <= toNs)
                .toList();
        List<Moment> moments = new ArrayList<>();
        int[] count = {0};
        long every = Math.max(1, (toNs - fromNs) / 1_000_000_000L * FRAME_RATE / (MOMENTS + 1));
        ReceivedVideo seen = ReceivedVideo.decode(window, source.codec, source.sender, (picture, image) -> {
            if (picture.arrivalNs() >= fromNs
                    && ++count[0] >= every * (moments.size() + 1)
                    && picture.reading().isPresent()
                    && moments.size() < MOMENTS) {
                long frame = picture.reading().orElseThrow().frame();
                double age = sent.before(frame, picture.arrivalNs()).stream()
                        .mapToDouble(at -> (picture.arrivalNs() - at) / 1e6)
                        .findFirst()
                        .orElse(-1);
                moments.add(new Moment(image.image(), frame, age));
            }
        });
        ReceivedAudio heard = ReceivedAudio.decode(source.audio.since(fromNs), "opus", source.tones);
        List<ReceivedVideo.Picture> pictures =
                seen.pictures().stream().filter(p -> p.arrivalNs() >= fromNs).toList();
        return new DemoDirection(
                fields(source, window, pictures, heard, sent, (toNs - fromNs) / 1_000_000_000L), pictures, moments);
    }

    /** Decoding has to begin at a key frame; long before the window there may have been the only one. */
    private static long lastKeyBefore(List<RtpPacket> packets, long fromNs) {
        return packets.isEmpty() ? fromNs : packets.get(0).arrivalNs();
    }

    private static Map<String, Object> fields(
            Source source,
            List<RtpPacket> window,
            List<ReceivedVideo.Picture> pictures,
            ReceivedAudio heard,
            SentFrames sent,
            long seconds) {
        double[] latencies = Quality.latenciesMs(pictures, sent);
        long recognised = pictures.stream().filter(p -> p.reading().isPresent()).count();
        RtpRecording counted = new RtpRecording();
        window.forEach(p -> counted.add(p.arrivalNs(), p.bytes(), p.bytes().length));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("codec", source.codec);
        ReceivedVideo.Size size = ReceivedVideo.Size.ofMost(
                pictures.stream().map(ReceivedVideo.Picture::size).toList());
        fields.put("width", size.width());
        fields.put("height", size.height());
        fields.put("fps", rounded(Quality.framesPerSecond(pictures)));
        fields.put("pictureRecognised", !pictures.isEmpty() && recognised >= LEAST_SHARE * pictures.size());
        fields.put("tones", heard.pitches());
        fields.put("toneRecognised", heard.pitches() >= leastTones(seconds));
        fields.put("skewMs", value(Quality.skewMs(pictures, heard.beeps(), FRAME_RATE)));
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("p50", value(Quality.quantile(latencies, 0.5)));
        latency.put("p95", value(Quality.quantile(latencies, 0.95)));
        fields.put("latencyMs", latency);
        fields.put("freezes", Quality.freezes(pictures));
        fields.put("lostPackets", counted.lost());
        return fields;
    }

    /** In the user-mode kernel sound has gaps, and the report says which machine it was. */
    private static long leastTones(long seconds) {
        long played = Math.min(Tones.BEEPS, seconds);
        return DemoLab.inside() ? Math.max(2, played / 4) : played - 2;
    }

    boolean recognised() {
        return Boolean.TRUE.equals(fields.get("pictureRecognised"))
                && Boolean.TRUE.equals(fields.get("toneRecognised"));
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static double value(OptionalDouble value) {
        return rounded(value.orElse(-1));
    }
}
