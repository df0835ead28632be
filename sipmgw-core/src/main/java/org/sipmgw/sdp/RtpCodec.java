package org.sipmgw.sdp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One payload format as {@code a=rtpmap} and {@code a=fmtp} describe it (RFC 8866 section 6.6, RFC 4855).
 *
 * @param name encoding name as written, compared without regard to case
 * @param payloadType RTP payload type, 0 to 127
 * @param clockRateHz RTP clock rate; 8000 for G.722 although it samples at 16 kHz (RFC 3551 section 4.5.2)
 * @param channels audio channels of the rtpmap line, 1 where it has none
 * @param parameters format parameters in the order of the fmtp line; a parameter without "=" maps to ""
 */
public record RtpCodec(String name, int payloadType, int clockRateHz, int channels, Map<String, String> parameters) {

    /** Whether this is the codec {@code encodingName}, whatever the case. */
    public boolean is(String encodingName) {
        return name.equalsIgnoreCase(encodingName);
    }

    /** The parameter {@code key} (lower case), or {@code otherwise}. */
    public String parameter(String key, String otherwise) {
        return parameters.getOrDefault(key.toLowerCase(Locale.ROOT), otherwise);
    }

    /** The {@code a=rtpmap} line. */
    public Attribute rtpmap() {
        return Attribute.of(
                "rtpmap", payloadType + " " + name + "/" + clockRateHz + (channels > 1 ? "/" + channels : ""));
    }

    /** The {@code a=fmtp} line, empty without parameters. */
    public Optional<Attribute> fmtp() {
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Attribute.of("fmtp", payloadType + " " + PayloadFormats.text(parameters)));
    }

    /** The same codec under another payload type. */
    public RtpCodec withPayloadType(int other) {
        return new RtpCodec(name, other, clockRateHz, channels, parameters);
    }

    /** The same codec with other parameters, their order kept. */
    public RtpCodec withParameters(Map<String, String> others) {
        return new RtpCodec(name, payloadType, clockRateHz, channels, others);
    }
}
