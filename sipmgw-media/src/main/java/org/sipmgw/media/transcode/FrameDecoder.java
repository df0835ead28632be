package org.sipmgw.media.transcode;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.media.gst.SampleView;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.DeviceException;

/**
 * RTP packets of a picture in, raw frames out, always of one size: another picture is scaled to fit, with black bars.
 * Thread-safe.
 */
public final class FrameDecoder extends RtpConsumer {

    private static final long PULL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Takes frames. */
    @FunctionalInterface
    public interface FrameSink {
        /**
         * Takes one frame, on a thread of the decoder, as soon as it is decoded; frames are not paced.
         *
         * @param i420 the planes Y, U and V without gaps, where the decoder left them: valid until this returns
         * @param ptsNs when its first packet came, nanoseconds since the decoder was opened
         */
        void frame(ByteBuffer i420, long ptsNs);
    }

    private FrameDecoder(RtpIntake intake) {
        super(intake);
    }

    /**
     * Opens one.
     *
     * @param codec H264, H265, H263, H263-1998, H263-2000 or VP8
     * @param width of the frames, pixels, even
     * @param height of the frames, pixels, even
     * @param sink takes them
     * @throws DeviceException when a plugin of GStreamer is missing, with its name and its Debian package
     */
    public static FrameDecoder open(RtpCodec codec, int width, int height, FrameSink sink) {
        RtpIntake intake = new RtpIntake(
                codec.payloadType(),
                DecodeChain.of(codec),
                "videoscale add-borders=true ! videoconvert ! video/x-raw,format=I420,pixel-aspect-ratio=1/1,width="
                        + width
                        + ",height=" + height
                        + " ! appsink name=out sync=false async=false enable-last-sample=false drop=true max-buffers=2",
                List.of(GstElement.VIDEOSCALE, GstElement.VIDEOCONVERT, GstElement.APPSINK));
        SampleView frames = intake.pipeline().view("out");
        intake.start("decode-frames", () -> {
            if (frames.pull(PULL_NS)) {
                try {
                    sink.frame(frames.data(), frames.ptsNs());
                } finally {
                    frames.release();
                }
            }
        });
        return new FrameDecoder(intake);
    }
}
