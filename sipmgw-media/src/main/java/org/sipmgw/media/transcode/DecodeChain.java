package org.sipmgw.media.transcode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.media.gst.Ladder;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.DeviceException;

/**
 * How packets of one codec are decoded, with the decoder that works here.
 *
 * @param video whether it is a picture
 * @param caps what the packets are, for GStreamer
 * @param description depayloader, parser, decoder
 * @param elements the same
 */
record DecodeChain(boolean video, String caps, String description, List<GstElement> elements) {

    /** What the other side may say of its stream that a decoder must know; anything else stays outside. */
    private static final List<String> PARAMETERS = List.of(
            "sprop-parameter-sets",
            "sprop-vps",
            "sprop-sps",
            "sprop-pps",
            "config",
            "cpresent",
            "object",
            "mode",
            "sizelength",
            "indexlength",
            "indexdeltalength",
            "streamtype",
            "bitrate");

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9+/=,_.-]{1,4000}");

    /**
     * Chooses.
     *
     * @throws DeviceException when a plugin is missing, with the Debian package to install
     */
    static DecodeChain of(RtpCodec codec) {
        String name = codec.name().toUpperCase(Locale.ROOT);
        GstElement decoder = Ladder.decoders(name).best();
        List<GstElement> elements = new ArrayList<>();
        elements.addAll(before(name));
        elements.add(decoder);
        StringBuilder description = new StringBuilder();
        for (GstElement element : elements) {
            description.append(element == decoder ? named(decoder) : element.elementName());
            description.append(element == decoder ? "" : " ! ");
        }
        boolean video = codec.clockRateHz() == 90_000 && !name.startsWith("MP");
        return new DecodeChain(video, caps(codec, name, video), description.toString(), List.copyOf(elements));
    }

    private static List<GstElement> before(String name) {
        return switch (name) {
            case "H264" -> List.of(GstElement.RTPH264DEPAY, GstElement.H264PARSE);
            case "H265" -> List.of(GstElement.RTPH265DEPAY, GstElement.H265PARSE);
            case "H263" -> List.of(GstElement.RTPH263DEPAY);
            case "H263-1998", "H263-2000" -> List.of(GstElement.RTPH263PDEPAY);
            case "VP8" -> List.of(GstElement.RTPVP8DEPAY);
            case "OPUS" -> List.of(GstElement.RTPOPUSDEPAY);
            case "G722" -> List.of(GstElement.RTPG722DEPAY);
            case "PCMU" -> List.of(GstElement.RTPPCMUDEPAY);
            case "PCMA" -> List.of(GstElement.RTPPCMADEPAY);
            case "MP4A-LATM" -> List.of(GstElement.RTPMP4ADEPAY);
            case "MPEG4-GENERIC" -> List.of(GstElement.RTPMP4GDEPAY);
            case "SIREN" -> List.of(GstElement.RTPSIRENDEPAY);
            default -> throw new DeviceException("GStreamer", "find", "nothing unpacks " + name);
        };
    }

    private static String named(GstElement decoder) {
        return decoder.elementName() + " name=decoder"
                + switch (decoder) {
                    // Opus repairs and conceals what is lost; late sound is worse than concealed sound
                    case OPUSDEC -> " use-inband-fec=true plc=true";
                    // with more threads each holds a picture back
                    case H264DEC, H265DEC -> " max-threads=1";
                    default -> "";
                };
    }

    private static String caps(RtpCodec codec, String name, boolean video) {
        StringBuilder caps = new StringBuilder(String.format(
                Locale.ROOT,
                "application/x-rtp,media=%s,clock-rate=%d,encoding-name=%s,payload=%d",
                video ? "video" : "audio",
                codec.clockRateHz(),
                name,
                codec.payloadType()));
        for (Map.Entry<String, String> parameter : codec.parameters().entrySet()) {
            String key = parameter.getKey().toLowerCase(Locale.ROOT);
            if (PARAMETERS.contains(key)
                    && HARMLESS.matcher(parameter.getValue()).matches()) {
                caps.append(',')
                        .append(key)
                        .append("=(string)\"")
                        .append(parameter.getValue())
                        .append('"');
            }
        }
        return caps.toString();
    }
}
