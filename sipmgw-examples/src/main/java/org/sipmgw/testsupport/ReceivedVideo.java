package org.sipmgw.testsupport;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What can be seen in received video: decodes it after the fact by ffmpeg, so that watching costs nothing while the
 * call runs, and reads the {@link Pattern} of one sender in each picture. The time of a picture is the arrival of the
 * packet that completed it.
 *
 * @param pictures what was decoded, in order
 * @param frames how many frames arrived, decodable or not
 * @param width of most pictures
 * @param height of most pictures
 */
public record ReceivedVideo(List<Picture> pictures, int frames, int width, int height) {

    /**
     * One picture.
     *
     * @param arrivalNs when its last packet arrived
     * @param rtpTimestamp its timestamp
     * @param size as it was encoded
     * @param reading the pattern in it
     */
    public record Picture(long arrivalNs, long rtpTimestamp, Size size, Optional<PatternReading> reading) {}

    /** Pixels. */
    public record Size(int width, int height) {

        /** What most have. */
        public static Size ofMost(List<Size> sizes) {
            return sizes.stream()
                    .collect(Collectors.groupingBy(size -> size, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse(new Size(0, 0));
        }
    }

    /** Decodes packets of {@code codec} ({@code H264} or {@code VP8}) and looks for the pattern of {@code sender}. */
    public static ReceivedVideo decode(List<RtpPacket> packets, String codec, int sender) throws IOException {
        return decode(packets, codec, sender, (picture, image) -> {});
    }

    /** As above; hands each decoded picture to {@code viewer}, with the image made when asked for. */
    public static ReceivedVideo decode(
            List<RtpPacket> packets, String codec, int sender, BiConsumer<Picture, ImageOf> viewer) throws IOException {
        boolean h264 = isH264(codec);
        return decode(fromFirstKey(RtpSequence.frames(packets), h264), h264, sender, viewer);
    }

    /** Pictures that arrived from {@code fromNs} on; decodes from the last whole key frame before that, where there is one. */
    public static ReceivedVideo decodeSince(List<RtpPacket> packets, String codec, int sender, long fromNs)
            throws IOException {
        boolean h264 = isH264(codec);
        List<RtpSequence.Frame> frames = fromFirstKey(RtpSequence.frames(packets), h264);
        int start = 0;
        for (int i = 1; i < frames.size() && frames.get(i).completeNs() <= fromNs; i++) {
            start = frames.get(i).whole() && isKey(frames.get(i), h264) ? i : start;
        }
        ReceivedVideo decoded = decode(frames.subList(start, frames.size()), h264, sender, (picture, image) -> {});
        List<Picture> wanted =
                decoded.pictures.stream().filter(p -> p.arrivalNs() >= fromNs).toList();
        return new ReceivedVideo(wanted, decoded.frames, decoded.width, decoded.height);
    }

    private static boolean isH264(String codec) {
        return codec.toUpperCase(Locale.ROOT).equals("H264");
    }

    private static ReceivedVideo decode(
            List<RtpSequence.Frame> frames, boolean h264, int sender, BiConsumer<Picture, ImageOf> viewer)
            throws IOException {
        if (frames.isEmpty()) {
            return new ReceivedVideo(List.of(), 0, 0, 0);
        }
        List<byte[]> units = frames.stream()
                .map(f -> h264 ? H264Payloads.depacketize(f.payloads()) : Vp8Payloads.depacketize(f.payloads()))
                .toList();
        List<Size> sizes = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            sizes.add(isKey(frames.get(i), h264) ? size(units.get(i), h264) : sizes.get(i - 1));
        }
        return new Decoding(frames, units, sizes, Size.ofMost(sizes), sender, viewer).run(h264 ? "H264" : "VP80");
    }

    /** Makes the picture for people. */
    public interface ImageOf {
        BufferedImage image();
    }

    /** How many pictures show the pattern. */
    public long recognised() {
        return pictures.stream().filter(p -> p.reading().isPresent()).count();
    }

    private static List<RtpSequence.Frame> fromFirstKey(List<RtpSequence.Frame> frames, boolean h264) {
        for (int i = 0; i < frames.size(); i++) {
            if (isKey(frames.get(i), h264)) {
                return frames.subList(i, frames.size());
            }
        }
        return List.of();
    }

    static boolean isKey(RtpSequence.Frame frame, boolean h264) {
        if (h264) {
            byte[] unit = H264Payloads.depacketize(frame.payloads());
            return H264Payloads.isKey(unit) && H264Payloads.sps(unit).isPresent();
        }
        byte[] unit = Vp8Payloads.depacketize(frame.payloads());
        return unit.length > 10 && (unit[0] & 1) == 0 && unit[3] == (byte) 0x9d;
    }

    private static Size size(byte[] unit, boolean h264) throws IOException {
        if (!h264) {
            return new Size((unit[7] & 0x3F) << 8 | (unit[6] & 255), (unit[9] & 0x3F) << 8 | (unit[8] & 255));
        }
        byte[] sps = H264Payloads.sps(unit).orElseThrow(() -> new IOException("no SPS"));
        int[] size = H264Size.of(sps);
        return new Size(size[0], size[1]);
    }

    /** One run of ffmpeg: pictures on its output, their numbers in a file beside. */
    private record Decoding(
            List<RtpSequence.Frame> frames,
            List<byte[]> units,
            List<Size> sizes,
            Size shown,
            int sender,
            BiConsumer<Picture, ImageOf> viewer) {

        ReceivedVideo run(String fourCc) throws IOException {
            Path numbers = Files.createTempFile("sipmgw-frames-", ".txt");
            Path pictures = Files.createTempFile("sipmgw-frames-", ".yuv");
            try {
                Ffmpeg.run(
                        List.of(
                                "-f",
                                "ivf",
                                "-i",
                                "-",
                                "-map",
                                "0:v",
                                "-fps_mode",
                                "passthrough",
                                "-pix_fmt",
                                "yuv420p",
                                "-s",
                                shown.width + "x" + shown.height,
                                "-f",
                                "rawvideo",
                                "-y",
                                pictures.toString(),
                                "-map",
                                "0:v",
                                "-fps_mode",
                                "passthrough",
                                "-f",
                                "framecrc",
                                "-y",
                                numbers.toString()),
                        out -> Ivf.write(out, fourCc, units),
                        InputStream::readAllBytes);
                return read(pictures, numbers(numbers));
            } finally {
                Files.deleteIfExists(numbers);
                Files.deleteIfExists(pictures);
            }
        }

        private static List<Integer> numbers(Path file) throws IOException {
            List<Integer> numbers = new ArrayList<>();
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                if (!line.startsWith("#")) {
                    numbers.add(Integer.parseInt(line.split(",")[2].strip()));
                }
            }
            return numbers;
        }

        private ReceivedVideo read(Path file, List<Integer> numbers) throws IOException {
            List<Picture> seen = new ArrayList<>();
            PatternReader reader = new PatternReader();
            byte[] picture = new byte[shown.width * shown.height * 3 / 2];
            try (InputStream in = Files.newInputStream(file)) {
                for (int number : numbers) {
                    if (in.readNBytes(picture, 0, picture.length) < picture.length || number >= frames.size()) {
                        break;
                    }
                    RtpSequence.Frame frame = frames.get(number);
                    Picture p = new Picture(
                            frame.completeNs(),
                            frame.packets().get(0).timestamp(),
                            sizes.get(number),
                            reader.read(sender, picture, shown.width, shown.height));
                    seen.add(p);
                    viewer.accept(p, () -> I420.toImage(picture, shown.width, shown.height));
                }
            }
            return new ReceivedVideo(List.copyOf(seen), frames.size(), shown.width, shown.height);
        }
    }
}
