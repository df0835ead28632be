package org.sipmgw.media.transcode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.media.gst.PacketOutput;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;

/**
 * RTP packets of one codec in, RTP packets of another out: for what browsers do not take.
 *
 * <p>In: H.263 (RFC 2190, RFC 4629), H.265 (RFC 7798), H.264, VP8; AAC (RFC 6416, RFC 3640; AAC-LD where the decoder
 * that is installed has it), Siren, Opus, G.722, G.711. Out: H.264 or VP8; Opus, G.722 or G.711. Which element does the work is
 * decided by a ladder, hardware first where it proves to work, see docs/transcoding.md.
 *
 * <p>Thread-safe. Packets that come out carry a random SSRC, sequence and timestamp of their own.
 */
public final class Transcoder extends RtpConsumer {

    private static final long PULL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_BYTES = 2048;

    /** Whether a key frame can be asked for. */
    private final boolean video;

    /**
     * What is to be made.
     *
     * @param to the codec and its payload type
     * @param bitrateBps bits per second, 8000 to 50 million; G.722 and G.711 have their own
     * @param mtuBytes of the largest packet, 200 to 2000
     */
    public record Target(RtpCodec to, int bitrateBps, int mtuBytes) {

        public Target {
            if (bitrateBps < 8000 || bitrateBps > 50_000_000) {
                throw new ConfigException("bitrateBps", bitrateBps, "8000 to 50000000");
            }
            if (mtuBytes < 200 || mtuBytes > 2000) {
                throw new ConfigException("mtuBytes", mtuBytes, "200 to 2000");
            }
        }

        /** With 2 Mb/s for a picture, 48 kb/s for sound, and packets of 1200 bytes. */
        public static Target of(RtpCodec to) {
            return new Target(to, EncodeChain.isVideo(to) ? 2_000_000 : 48_000, 1200);
        }
    }

    private Transcoder(RtpIntake intake, boolean video) {
        super(intake);
        this.video = video;
    }

    /**
     * Whether packets of this codec can be decoded here: a decoder is installed, and works where it needs hardware.
     *
     * @return empty when they can, else what is missing and which Debian package has it
     */
    public static Optional<String> missingFor(RtpCodec from) {
        try {
            DecodeChain.of(from);
            return Optional.empty();
        } catch (DeviceException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Opens one.
     *
     * @param from what comes, with its payload type and format parameters
     * @param target what is to be made
     * @param sink takes the packets, on a thread of the transcoder
     * @throws DeviceException when a plugin of GStreamer is missing, with its name and its Debian package
     * @throws ConfigException when that cannot be made of it
     */
    public static Transcoder open(RtpCodec from, Target target, PacketSink sink) {
        DecodeChain decode = DecodeChain.of(from);
        boolean video = EncodeChain.isVideo(target.to());
        EncodeChain encode = EncodeChain.of(target.to(), target.bitrateBps(), target.mtuBytes());
        if (video != decode.video()) {
            throw new ConfigException(
                    "to", target.to().name(), decode.video() ? "H264, VP8" : "opus, G722, PCMU, PCMA");
        }
        List<GstElement> elements = new ArrayList<>(encode.elements());
        elements.add(GstElement.APPSINK);
        RtpIntake intake = new RtpIntake(
                from.payloadType(),
                decode,
                encode.description() + " ! appsink name=out sync=false async=false enable-last-sample=false",
                elements);
        PacketOutput output = intake.pipeline().output("out");
        byte[] packet = new byte[MOST_BYTES];
        intake.start("transcode", () -> {
            int length = output.pull(packet, PULL_NS);
            if (length > 0) {
                sink.packet(packet, 0, length);
            }
        });
        return new Transcoder(intake, video);
    }

    /** Makes the next picture a key frame. */
    public void requestKeyFrame() {
        if (video && intake.running()) {
            intake.pipeline().forceKeyFrame("encoder");
        }
    }

    /** The elements that do the work, as {@code gst-inspect-1.0} knows them. */
    public List<String> elements() {
        return intake.elements();
    }
}
