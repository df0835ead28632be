package org.sipmgw.sdp;

import java.util.List;
import java.util.Optional;

/** Payload types of a later offer: one that had a meaning in the session keeps it (RFC 3264 section 8.3.2). */
final class PayloadTypes {

    private static final int FIRST_DYNAMIC = 96;
    private static final int LAST_DYNAMIC = 127;

    private PayloadTypes() {}

    /**
     * Our codec {@code own} as the session knows it, else under a payload type without a meaning.
     *
     * @param known the formats of the session so far
     * @param assigned those already in the new line
     */
    static RtpCodec assign(RtpCodec own, List<RtpCodec> known, List<RtpCodec> assigned) {
        Optional<RtpCodec> before = known.stream()
                .filter(codec -> CodecChoice.match(codec, own) && free(codec.payloadType(), assigned))
                .findFirst();
        if (before.isPresent()) {
            return before.get();
        }
        return free(own, known, assigned);
    }

    /** {@code own} under its payload type, or where that has a meaning under another one. */
    static RtpCodec free(RtpCodec own, List<RtpCodec> known, List<RtpCodec> assigned) {
        int payloadType = Math.min(own.payloadType(), LAST_DYNAMIC);
        for (int next = LAST_DYNAMIC; next >= FIRST_DYNAMIC; next--) {
            if (free(payloadType, known) && free(payloadType, assigned)) {
                break;
            }
            payloadType = next;
        }
        return own.withPayloadType(payloadType);
    }

    private static boolean free(int payloadType, List<RtpCodec> codecs) {
        return codecs.stream().noneMatch(codec -> codec.payloadType() == payloadType);
    }
}
