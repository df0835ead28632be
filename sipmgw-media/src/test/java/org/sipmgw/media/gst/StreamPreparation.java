package org.sipmgw.media.gst;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.sipmgw.sdp.RtpCodec;

/**
 * Test support: encodes generated pictures or sound once into a {@link PreparedStream}. Blocks until it is done; a second
 * of 720p takes about half a second.
 */
public final class StreamPreparation {

    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** Draws pictures. */
    @FunctionalInterface
    public interface PictureGenerator {
        /**
         * Draws one picture.
         *
         * @param frame number from 0
         * @param i420 planes of width·height luma bytes, then a quarter of each chroma, all lines without gaps; holds
         *     what was drawn before, at first black
         */
        void draw(int frame, byte[] i420);
    }

    private StreamPreparation() {}

    /**
     * Encodes video with a key frame every second and no B-frames; to be played in a loop.
     *
     * @param codec H264, VP8, H265, H263 or H263-1998; profile-level-id is not looked at: Constrained Baseline; packetization-mode is obeyed
     * @param width pixels, a multiple of 8
     * @param height pixels, even
     * @param frameRate frames per second
     * @param bitrateBps of the stream
     * @param frames how many; a multiple of {@code frameRate} loops best
     */
    public static PreparedStream video(
            RtpCodec codec,
            int width,
            int height,
            int frameRate,
            int bitrateBps,
            int frames,
            PictureGenerator generator) {
        if (width % 8 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("size " + width + "x" + height);
        }
        String caps = String.format(
                Locale.ROOT, "video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1", width, height, frameRate);
        String encoder = encoder(codec, frameRate, bitrateBps);
        List<GstElement> elements = codec.is("H264")
                ? List.of(GstElement.X264ENC, GstElement.RTPH264PAY)
                : List.of(GstElement.VP8ENC, GstElement.RTPVP8PAY);
        byte[] picture = new byte[width * height * 3 / 2];
        Arrays.fill(picture, 0, width * height, (byte) 16);
        Arrays.fill(picture, width * height, picture.length, (byte) 128);
        List<byte[]> packets = encode(caps, encoder, codec, elements, input -> {
            CopyArea area = new CopyArea(picture.length);
            for (int frame = 0; frame < frames; frame++) {
                generator.draw(frame, picture);
                input.push(picture, 0, picture.length, frame * NS_PER_SECOND / frameRate, area);
            }
            area.free();
        });
        return new PreparedStream(byTimestamp(packets), codec.clockRateHz() / frameRate, NS_PER_SECOND / frameRate);
    }

    /**
     * Encodes sound; to be played in a loop.
     *
     * @param codec opus, G722, PCMU or PCMA
     * @param packetTimeMs milliseconds in each packet
     * @param samples mono, 48 kHz; a last packet that is not full is left out
     */
    public static PreparedStream audio(RtpCodec codec, int packetTimeMs, short[] samples) {
        String caps = "audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=1";
        String ptime = " min-ptime=" + packetTimeMs * 1_000_000L + " max-ptime=" + packetTimeMs * 1_000_000L;
        List<GstElement> elements = switch (codec.name().toUpperCase(Locale.ROOT)) {
            case "OPUS" -> List.of(GstElement.OPUSENC, GstElement.RTPOPUSPAY);
            case "G722" -> List.of(GstElement.G722ENC, GstElement.RTPG722PAY);
            case "PCMU" -> List.of(GstElement.MULAWENC, GstElement.RTPPCMUPAY);
            case "PCMA" -> List.of(GstElement.ALAWENC, GstElement.RTPPCMAPAY);
            case "SIREN", "MP4A-LATM" -> List.of();
            default -> throw new IllegalArgumentException("audio codec " + codec.name());
        };
        boolean opus = codec.is("opus");
        String encoder = "audioconvert ! audioresample ! "
                + switch (codec.name()) {
                    case "SIREN" -> "sirenenc ! rtpsirenpay";
                    // its packets say nothing of the stream: the description does, as in SDP
                    case "MP4A-LATM" -> "audio/x-raw,rate=48000 ! avenc_aac bitrate=96000 ! rtpmp4apay";
                    default ->
                        elements.get(0).elementName() + (opus ? " bitrate=64000 frame-size=" + packetTimeMs : "")
                                + " ! " + elements.get(1).elementName() + (opus ? "" : ptime);
                };
        int chunk = 48 * packetTimeMs;
        byte[] data = new byte[2 * chunk];
        List<byte[]> packets = encode(caps, encoder, codec, elements, input -> {
            CopyArea area = new CopyArea(data.length);
            for (int at = 0; at + chunk <= samples.length; at += chunk) {
                for (int i = 0; i < chunk; i++) {
                    data[2 * i] = (byte) samples[at + i];
                    data[2 * i + 1] = (byte) (samples[at + i] >> 8);
                }
                input.push(data, 0, data.length, at * NS_PER_SECOND / 48_000, area);
            }
            area.free();
        });
        return new PreparedStream(
                packets.stream().limit(samples.length / chunk).map(List::of).toList(),
                codec.clockRateHz() / 1000 * packetTimeMs,
                packetTimeMs * 1_000_000L);
    }

    private static String encoder(RtpCodec codec, int frameRate, int bitrateBps) {
        return switch (codec.name()) {
            case "H264" -> h264(codec, frameRate, bitrateBps);
            case "H265" ->
                "x265enc tune=zerolatency speed-preset=ultrafast log-level=none key-int-max=" + frameRate + " bitrate="
                        + bitrateBps / 1000 + " ! rtph265pay config-interval=-1 mtu=1200";
            case "H263" -> "avenc_h263 gop-size=" + frameRate + " bitrate=" + bitrateBps + " ! rtph263pay mtu=1200";
            case "H263-1998" ->
                "avenc_h263p gop-size=" + frameRate + " bitrate=" + bitrateBps + " ! rtph263ppay mtu=1200";
            default ->
                "vp8enc deadline=1 cpu-used=8 end-usage=cbr lag-in-frames=0 keyframe-max-dist=" + frameRate
                        + " target-bitrate=" + bitrateBps + " ! rtpvp8pay picture-id-mode=15-bit";
        };
    }

    private static String h264(RtpCodec codec, int frameRate, int bitrateBps) {
        boolean single = codec.parameter("packetization-mode", "0").equals("0");
        return "x264enc tune=zerolatency speed-preset=veryfast byte-stream=true threads=1 bframes=0 key-int-max="
                + frameRate + " bitrate=" + bitrateBps / 1000 + " option-string=scenecut=0"
                + (single ? ":slice-max-size=1100" : "")
                + " ! video/x-h264,profile=constrained-baseline,stream-format=byte-stream,alignment=au"
                + " ! rtph264pay config-interval=-1 aggregate-mode=none mtu=" + (single ? 1400 : 1200);
    }

    private interface Feeding {
        void feed(FrameInput input);
    }

    private static List<byte[]> encode(
            String caps, String encoder, RtpCodec codec, List<GstElement> elements, Feeding feeding) {
        String description = "appsrc name=in format=time block=true max-buffers=4 max-bytes=0 caps=" + caps + " ! "
                + encoder + " pt=" + codec.payloadType() + " timestamp-offset=0 seqnum-offset=0"
                + " ! appsink name=out sync=false async=false enable-last-sample=false";
        AtomicReference<String> fault = new AtomicReference<>("");
        try (MediaPipeline pipeline =
                GstRuntime.load().pipeline(description, elements, new AtomicInteger(), fault::set)) {
            FrameInput input = pipeline.input("in");
            PacketOutput output = pipeline.output("out");
            pipeline.start();
            Thread feeder = new Thread(
                    () -> {
                        feeding.feed(input);
                        input.end();
                    },
                    "prepare");
            feeder.setDaemon(true);
            feeder.start();
            List<byte[]> packets = drain(output, fault);
            pipeline.stop();
            return packets;
        }
    }

    private static List<byte[]> drain(PacketOutput output, AtomicReference<String> fault) {
        List<byte[]> packets = new ArrayList<>();
        byte[] packet = new byte[4096];
        while (!output.ended()) {
            int length = output.pull(packet, NS_PER_SECOND / 10);
            if (length > 0) {
                packets.add(Arrays.copyOf(packet, length));
                continue;
            }
            String reason = Objects.requireNonNullElse(fault.get(), "");
            if (!reason.isEmpty()) {
                throw new IllegalStateException(reason);
            }
        }
        return packets;
    }

    private static List<List<byte[]>> byTimestamp(List<byte[]> packets) {
        List<List<byte[]>> frames = new ArrayList<>();
        byte[] before = new byte[0];
        for (byte[] packet : packets) {
            if (before.length == 0 || !Arrays.equals(before, 4, 8, packet, 4, 8)) {
                frames.add(new ArrayList<>());
            }
            frames.get(frames.size() - 1).add(packet);
            before = packet;
        }
        return frames;
    }
}
