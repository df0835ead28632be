package org.sipmgw.media.transcode;

import java.util.List;
import java.util.Locale;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.media.gst.Ladder;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.ConfigException;

/**
 * How pictures and sound are encoded for a page, with the encoder that works here.
 *
 * @param description everything between the decoder and the packets
 * @param elements the elements of which it may be that one is not installed
 */
record EncodeChain(String description, List<GstElement> elements) {

    private static final int KEY_FRAME_INTERVAL = 300;

    static EncodeChain of(RtpCodec to, int bitrateBps, int mtuBytes) {
        return switch (to.name().toUpperCase(Locale.ROOT)) {
            case "H264" -> h264(to, bitrateBps, mtuBytes);
            case "VP8" ->
                video(
                        "vp8enc name=encoder deadline=1 cpu-used=8 error-resilient=default target-bitrate=" + bitrateBps
                                + " keyframe-max-dist=" + KEY_FRAME_INTERVAL,
                        pay("rtpvp8pay picture-id-mode=15-bit", to, mtuBytes),
                        GstElement.VP8ENC,
                        GstElement.RTPVP8PAY);
            case "OPUS" ->
                audio(
                        48_000,
                        2,
                        "opusenc name=encoder frame-size=20 bitrate=" + bitrateBps,
                        pay("rtpopuspay", to, mtuBytes),
                        GstElement.OPUSENC,
                        GstElement.RTPOPUSPAY);
            case "G722" ->
                audio(
                        16_000,
                        1,
                        "avenc_g722 name=encoder",
                        pay(frames("rtpg722pay"), to, mtuBytes),
                        GstElement.G722ENC,
                        GstElement.RTPG722PAY);
            case "PCMU" ->
                audio(
                        8000,
                        1,
                        "mulawenc name=encoder",
                        pay(frames("rtppcmupay"), to, mtuBytes),
                        GstElement.MULAWENC,
                        GstElement.RTPPCMUPAY);
            case "PCMA" ->
                audio(
                        8000,
                        1,
                        "alawenc name=encoder",
                        pay(frames("rtppcmapay"), to, mtuBytes),
                        GstElement.ALAWENC,
                        GstElement.RTPPCMAPAY);
            default -> throw new ConfigException("to", to.name(), "H264, VP8, opus, G722, PCMU, PCMA");
        };
    }

    static boolean isVideo(RtpCodec to) {
        return to.is("H264") || to.is("VP8");
    }

    private static EncodeChain h264(RtpCodec to, int bitrateBps, int mtuBytes) {
        GstElement encoder = Ladder.h264Encoders().best();
        String kbps = Integer.toString(Math.max(1, bitrateBps / 1000));
        String made = encoder.elementName() + " name=encoder"
                + switch (encoder) {
                    case X264ENC ->
                        " tune=zerolatency speed-preset=superfast threads=1 bframes=0 key-int-max=" + KEY_FRAME_INTERVAL
                                + " bitrate=" + kbps;
                    case OPENH264ENC ->
                        " complexity=low rate-control=bitrate gop-size=" + KEY_FRAME_INTERVAL + " bitrate="
                                + bitrateBps;
                    case VAH264ENC -> " b-frames=0 ref-frames=1 key-int-max=" + KEY_FRAME_INTERVAL + " bitrate=" + kbps;
                    case NVH264ENC -> " bframes=0 zerolatency=true gop-size=" + KEY_FRAME_INTERVAL + " bitrate=" + kbps;
                    default -> ""; // those of V4L2 have controls instead of properties, with defaults of their own
                };
        return video(
                made + " ! video/x-h264,profile=constrained-baseline",
                pay("rtph264pay config-interval=-1 aggregate-mode=zero-latency", to, mtuBytes),
                encoder,
                GstElement.RTPH264PAY);
    }

    private static EncodeChain video(String encoder, String payloader, GstElement... elements) {
        return new EncodeChain(
                "videoconvert ! video/x-raw,format=I420 ! " + encoder + " ! " + payloader, List.of(elements));
    }

    private static EncodeChain audio(
            int rateHz, int channels, String encoder, String payloader, GstElement... elements) {
        return new EncodeChain(
                "audioconvert ! audioresample ! audio/x-raw,format=S16LE,layout=interleaved,rate=" + rateHz
                        + ",channels=" + channels + " ! " + encoder + " ! " + payloader,
                List.of(elements));
    }

    private static String pay(String payloader, RtpCodec to, int mtuBytes) {
        return payloader + " pt=" + to.payloadType() + " mtu=" + mtuBytes;
    }

    private static String frames(String payloader) {
        return payloader + " min-ptime=20000000 max-ptime=20000000";
    }
}
