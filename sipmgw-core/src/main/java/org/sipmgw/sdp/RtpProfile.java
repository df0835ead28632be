package org.sipmgw.sdp;

import java.util.Optional;

/** The protocols of RTP media lines, by how they protect: RFC 3551, RFC 4585, RFC 3711, RFC 5124, RFC 5764 section 8. */
enum RtpProfile {
    /** RTP/AVP, RTP/AVPF: not, or where both sides say so beside (RFC 8643). */
    PLAIN,
    /** RTP/SAVP, RTP/SAVPF: by keys of the descriptions, or by DTLS in older offers. */
    SECURE,
    /** UDP/TLS/RTP/SAVP, UDP/TLS/RTP/SAVPF. */
    DTLS;

    static Optional<RtpProfile> of(String protocol) {
        return switch (protocol) {
            case "RTP/AVP", "RTP/AVPF" -> Optional.of(PLAIN);
            case "RTP/SAVP", "RTP/SAVPF" -> Optional.of(SECURE);
            case "UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF" -> Optional.of(DTLS);
            default -> Optional.empty();
        };
    }
}
