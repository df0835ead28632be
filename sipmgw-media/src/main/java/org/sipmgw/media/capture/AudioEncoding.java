package org.sipmgw.media.capture;

import java.util.List;
import java.util.Locale;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;

/**
 * How audio is encoded and payloaded: a pipeline description made from what was negotiated. Its named elements are
 * {@link #SOUND} → {@link #ENCODER} (of Opus) → {@link #PACKETS}.
 */
final class AudioEncoding {

    static final String SOUND = "sound";
    static final String ENCODER = "encoder";
    static final String PACKETS = "packets";

    /** What the encoder is told where little is lost: up to here it takes a mode without redundancy, better for music. */
    private static final int CLEAN_PERCENT = 5;

    /** From so much loss on sound is made to survive it. */
    private static final int LOSSY_FROM_PERCENT = 2;

    /** The least that makes the encoder put the redundancy in. */
    private static final int LEAST_LOSS_PERCENT = 10;

    private static final int MOST_LOSS_PERCENT = 30;

    /** What may wait before the encoder. */
    private static final int READ_QUEUE_MS = 80;

    /** What may wait after it. */
    private static final int PACKET_QUEUE_MS = 20;

    private static final int READ_MS = 10;
    private static final int OPUS_BITRATE_BPS = 48_000;
    private static final List<Integer> OPUS_FRAMES_MS = List.of(60, 40, 20, 10, 5);

    private final RtpCodec codec;
    private final int packetTimeMs;

    AudioEncoding(NegotiatedStream negotiated) {
        codec = negotiated.codec();
        int asked = Math.max(5, Math.min(60, negotiated.packetTimeMs()));
        packetTimeMs = isOpus()
                ? OPUS_FRAMES_MS.stream().filter(ms -> ms <= asked).findFirst().orElse(5)
                : asked;
        elements();
    }

    /** Milliseconds of sound in each packet. */
    int packetTimeMs() {
        return packetTimeMs;
    }

    /** Ticks of the RTP clock in each packet. */
    int packetTicks() {
        return codec.clockRateHz() / 1000 * packetTimeMs;
    }

    /** The whole pipeline. */
    String description() {
        return "pulsesrc name=" + SOUND
                + " client-name=sipmgw provide-clock=false slave-method=re-timestamp buffer-time="
                + READ_QUEUE_MS * 1000
                + " latency-time=" + READ_MS * 1000
                + " ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,layout=interleaved,rate=" + sampleRateHz()
                + ",channels=" + channels()
                + " ! " + encoder()
                + " ! " + payloader() + " pt=" + codec.payloadType() + " mtu=1400 timestamp-offset=0 seqnum-offset=0"
                + " ! appsink name=" + PACKETS
                + " sync=false async=false enable-last-sample=false drop=true max-buffers="
                + Math.max(2, PACKET_QUEUE_MS / packetTimeMs);
    }

    List<GstElement> elements() {
        return switch (codec.name().toUpperCase(Locale.ROOT)) {
            case "OPUS" -> chain(GstElement.OPUSENC, GstElement.RTPOPUSPAY);
            case "G722" -> chain(GstElement.G722ENC, GstElement.RTPG722PAY);
            case "PCMU" -> chain(GstElement.MULAWENC, GstElement.RTPPCMUPAY);
            case "PCMA" -> chain(GstElement.ALAWENC, GstElement.RTPPCMAPAY);
            default -> throw new IllegalArgumentException("audio codec " + codec.name() + " is not encoded");
        };
    }

    private static List<GstElement> chain(GstElement encoder, GstElement payloader) {
        return List.of(
                GstElement.PULSESRC,
                GstElement.AUDIOCONVERT,
                GstElement.AUDIORESAMPLE,
                encoder,
                payloader,
                GstElement.APPSINK);
    }

    private String encoder() {
        if (!isOpus()) {
            return elements().get(3).elementName();
        }
        return "opusenc name=" + ENCODER + " bitrate=" + opusBitrateBps()
                + " audio-type=generic complexity=5 frame-size=" + packetTimeMs
                + (repairs() ? " inband-fec=true packet-loss-percentage=" + CLEAN_PERCENT : "");
    }

    /** Whether packets carry what repairs the one before (RFC 7587 section 3.3). */
    boolean repairs() {
        return isOpus() && codec.parameter("useinbandfec", "0").equals("1");
    }

    /** The value of the encoder's property for a loss that was reported. */
    int lossPercent(int reported) {
        return reported < LOSSY_FROM_PERCENT
                ? CLEAN_PERCENT
                : Math.max(LEAST_LOSS_PERCENT, Math.min(MOST_LOSS_PERCENT, reported));
    }

    private String payloader() {
        String payloader = elements().get(4).elementName();
        long packetTimeNs = packetTimeMs * 1_000_000L;
        return isOpus() ? payloader : payloader + " min-ptime=" + packetTimeNs + " max-ptime=" + packetTimeNs;
    }

    private int opusBitrateBps() {
        try {
            int most = Integer.parseInt(codec.parameter("maxaveragebitrate", "510000"));
            return Math.max(6_000, Math.min(OPUS_BITRATE_BPS, most));
        } catch (NumberFormatException e) {
            return OPUS_BITRATE_BPS;
        }
    }

    private int channels() {
        // RFC 7587 section 6.1: mono unless the receiver prefers stereo; the rtpmap line says 2 in any case
        return isOpus() && codec.parameter("stereo", "0").equals("1") ? 2 : 1;
    }

    private int sampleRateHz() {
        if (isOpus()) {
            return 48_000;
        }
        return codec.is("G722") ? 16_000 : 8_000;
    }

    private boolean isOpus() {
        return codec.is("opus");
    }
}
