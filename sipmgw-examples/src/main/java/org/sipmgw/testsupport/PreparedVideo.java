package org.sipmgw.testsupport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Pattern} encoded and packetized in advance, so that playing it costs nothing. It is played in a loop.
 *
 * @param codec {@code H264} or {@code VP8}
 * @param packetizationMode of H.264 (RFC 6184), 0 or 1; 0 for VP8
 * @param width pixels
 * @param height pixels
 * @param frameRate frames per second
 * @param frames the RTP payloads of each frame
 */
public record PreparedVideo(
        String codec, int packetizationMode, int width, int height, int frameRate, List<Frame> frames) {

    /** Seconds until a loop repeats; all beeps of {@link Tones} fit. */
    public static final int LOOP_SECONDS = Tones.BEEPS;

    static final int MAX_PAYLOAD = 1150;

    /**
     * One frame.
     *
     * @param key whether decoding can begin here
     * @param payloads RTP payloads in order
     */
    public record Frame(boolean key, List<byte[]> payloads) {}

    /** Draws and encodes eight seconds, with a key frame every second. */
    public static PreparedVideo of(Pattern pattern, String codec, int packetizationMode, int bitrateBps)
            throws IOException {
        boolean h264 = codec.equalsIgnoreCase("H264");
        List<byte[]> units = encode(pattern, h264, packetizationMode, bitrateBps);
        List<Frame> frames = new ArrayList<>();
        for (byte[] unit : units) {
            frames.add(
                    h264
                            ? new Frame(H264Payloads.isKey(unit), H264Payloads.packetize(unit, packetizationMode))
                            : new Frame((unit[0] & 1) == 0, Vp8Payloads.packetize(unit, frames.size())));
        }
        int expected = LOOP_SECONDS * pattern.frameRate();
        if (frames.size() != expected) {
            throw new IOException(frames.size() + " frames came out instead of " + expected);
        }
        return new PreparedVideo(
                h264 ? "H264" : "VP8",
                h264 ? packetizationMode : 0,
                pattern.width(),
                pattern.height(),
                pattern.frameRate(),
                List.copyOf(frames));
    }

    private static List<byte[]> encode(Pattern pattern, boolean h264, int mode, int bitrateBps) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-s",
                pattern.width() + "x" + pattern.height(),
                "-r",
                Integer.toString(pattern.frameRate()),
                "-i",
                "-",
                "-b:v",
                Integer.toString(bitrateBps),
                "-maxrate",
                Integer.toString(bitrateBps),
                "-bufsize",
                Integer.toString(bitrateBps / 2),
                "-g",
                Integer.toString(pattern.frameRate())));
        arguments.addAll(h264 ? h264(mode) : vp8());
        return Ffmpeg.run(
                arguments,
                out -> {
                    byte[] frame = new byte[pattern.frameBytes()];
                    for (int i = 0; i < LOOP_SECONDS * pattern.frameRate(); i++) {
                        pattern.draw(i, frame);
                        out.write(frame);
                    }
                },
                in -> h264 ? H264Payloads.accessUnits(in.readAllBytes()) : Ivf.read(in));
    }

    private static List<String> h264(int mode) {
        String slices = mode == 0 ? ":slice-max-size=" + MAX_PAYLOAD : "";
        String parameters = "scenecut=0:bframes=0:repeat-headers=1:aud=1" + slices;
        return words("-c:v libx264 -preset veryfast -tune zerolatency -profile:v baseline -x264-params " + parameters
                + " -f h264 -");
    }

    private static List<String> vp8() {
        return words("-c:v libvpx -deadline realtime -cpu-used 6 -auto-alt-ref 0 -lag-in-frames 0 -f ivf -");
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
