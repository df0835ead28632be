package org.sipmgw.media.capture;

import java.util.List;
import java.util.Locale;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.VideoLimits;

/**
 * How video is encoded and payloaded: a pipeline description made from what was negotiated. Its named elements are
 * {@link #FRAMES} → {@link #SIZE} → {@link #ENCODER} → {@link #PACKETS}.
 */
final class VideoEncoding {

    static final String FRAMES = "frames";
    static final String SIZE = "size";
    static final String ENCODER = "encoder";
    static final String PACKETS = "packets";

    /** Bytes of an RTP packet: fits every path after SRTP, UDP, IPv6 and a tunnel. */
    static final int MTU = 1200;

    /**
     * Packetization mode 0 cannot split a slice, so the encoder keeps slices small; its estimate may be off by a few
     * bytes, which then must still go in one packet.
     */
    private static final int SLICE_BYTES = MTU - 100;

    /** How much the encoder may run ahead of its bitrate: enough for a key frame, little enough for two seconds. */
    private static final int BURST_MS = 400;

    private static final int KEY_FRAME_SECONDS = 10;
    private static final int LARGE_PIXELS = 1280 * 720;

    private final RtpCodec codec;
    private final CaptureSettings settings;
    private final int sourceWidth;
    private final int sourceHeight;

    VideoEncoding(RtpCodec codec, CaptureSettings settings, int sourceWidth, int sourceHeight) {
        if (!codec.is("H264") && !codec.is("VP8")) {
            throw new IllegalArgumentException("video codec " + codec.name() + " is not encoded");
        }
        this.codec = codec;
        this.settings = settings;
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
    }

    boolean h264() {
        return codec.is("H264");
    }

    PictureSize size(VideoLimits limits) {
        return PictureSize.fit(sourceWidth, sourceHeight, limits);
    }

    int frameRate(VideoLimits limits) {
        return Math.max(1, settings.within(limits).maxFrameRate());
    }

    /** The value of the encoder's bitrate property; some stays free for what the encoder overshoots. */
    int bitrateValue(int bitrateBps) {
        int bounded = Math.min(bitrateBps, settings.maxBitrateBps());
        return h264() ? Math.max(1, bounded / 20 * 19 / 1000) : Math.max(1, bounded / 20 * 17);
    }

    String bitrateProperty() {
        return h264() ? "bitrate" : "target-bitrate";
    }

    String sourceCaps(int frameRate) {
        return String.format(
                Locale.ROOT,
                "video/x-raw,format=BGRx,width=%d,height=%d,framerate=%d/1,pixel-aspect-ratio=1/1",
                sourceWidth,
                sourceHeight,
                frameRate);
    }

    String sizeCaps(PictureSize size) {
        return String.format(
                Locale.ROOT,
                "video/x-raw,format=I420,width=%d,height=%d,pixel-aspect-ratio=1/1",
                size.width(),
                size.height());
    }

    /** The whole pipeline; of a frame that comes late only the newest waits. */
    String description(VideoLimits limits) {
        return "appsrc name=" + FRAMES + " is-live=true format=time block=false max-buffers=1 max-bytes=0 max-time=0"
                + " leaky-type=downstream caps=" + sourceCaps(frameRate(limits))
                + " ! videoscale ! videoconvert ! capsfilter name=" + SIZE + " caps=" + sizeCaps(size(limits))
                + " ! " + encoder(limits)
                + " ! " + payloader() + " pt=" + codec.payloadType() + " timestamp-offset=0 seqnum-offset=0"
                + " ! appsink name=" + PACKETS + " sync=false async=false enable-last-sample=false max-buffers=2000";
    }

    List<GstElement> elements() {
        return h264()
                ? List.of(
                        GstElement.APPSRC,
                        GstElement.VIDEOSCALE,
                        GstElement.VIDEOCONVERT,
                        GstElement.CAPSFILTER,
                        GstElement.X264ENC,
                        GstElement.RTPH264PAY,
                        GstElement.APPSINK)
                : List.of(
                        GstElement.APPSRC,
                        GstElement.VIDEOSCALE,
                        GstElement.VIDEOCONVERT,
                        GstElement.CAPSFILTER,
                        GstElement.VP8ENC,
                        GstElement.RTPVP8PAY,
                        GstElement.APPSINK);
    }

    private String encoder(VideoLimits limits) {
        int keyFrameDistance = frameRate(limits) * KEY_FRAME_SECONDS;
        String rate = " " + bitrateProperty() + "=" + bitrateValue(limits.maxBitrateBps());
        if (!h264()) {
            return "vp8enc name=" + ENCODER + " deadline=1 cpu-used=16 end-usage=cbr lag-in-frames=0 threads="
                    + threads(limits)
                    + " static-threshold=100 undershoot=95 buffer-size=" + BURST_MS + " buffer-initial-size="
                    + BURST_MS * 2 / 3
                    + " buffer-optimal-size=" + BURST_MS * 3 / 4 + " max-intra-bitrate=900 dropframe-threshold=30"
                    + " keyframe-max-dist=" + keyFrameDistance + rate;
        }
        H264Profile profile = H264Profile.of(codec.parameter("profile-level-id", H264Profile.DEFAULT_PROFILE_LEVEL_ID));
        String slices = singleNalUnits() ? " option-string=slice-max-size=" + SLICE_BYTES : "";
        return "x264enc name=" + ENCODER + " tune=zerolatency speed-preset="
                + settings.effort().preset()
                + " byte-stream=true aud=false bframes=0 threads=" + threads(limits) + profile.tools()
                + " vbv-buf-capacity=" + BURST_MS + " key-int-max=" + keyFrameDistance + rate + slices
                + " ! video/x-h264,stream-format=byte-stream,alignment=au,profile=" + profile.caps();
    }

    private String payloader() {
        if (!h264()) {
            return "rtpvp8pay picture-id-mode=15-bit mtu=" + MTU;
        }
        // a slice that came out a little larger than asked for must not be split in mode 0: no decoder would take it
        int mtu = singleNalUnits() ? MTU + 200 : MTU;
        return "rtph264pay config-interval=-1 aggregate-mode=none mtu=" + mtu;
    }

    private boolean singleNalUnits() {
        return codec.parameter("packetization-mode", "0").equals("0");
    }

    private int threads(VideoLimits limits) {
        PictureSize size = size(limits);
        // one thread makes 720p30 in a third of its time; a second one only costs, and cuts the picture in slices
        return size.width() * size.height() > LARGE_PIXELS
                ? Math.min(2, Runtime.getRuntime().availableProcessors())
                : 1;
    }
}
