package org.sipmgw.sdp;

import java.util.OptionalInt;

/**
 * What we want of RTP beside codecs.
 *
 * @param packetTimeMs length of packets of sound, ours and theirs, where the other side wishes nothing else: a multiple of 10
 *     from 10 to 60; empty: as it wishes, else 20
 * @param rtcpMux whether RTP and RTCP may share a port (RFC 5761): offered and accepted, or neither
 */
public record RtpTerms(OptionalInt packetTimeMs, boolean rtcpMux) {

    /** Packets as the other side wishes, one port where it can. */
    public static RtpTerms standard() {
        return new RtpTerms(OptionalInt.empty(), true);
    }

    public RtpTerms {
        if (packetTimeMs.isPresent() && !usable(packetTimeMs.getAsInt())) {
            throw new IllegalArgumentException("packets of " + packetTimeMs.getAsInt() + " ms");
        }
    }

    /** Whether packets can be of that length. */
    public static boolean usable(int packetTimeMs) {
        return packetTimeMs >= 10 && packetTimeMs <= 60 && packetTimeMs % 10 == 0;
    }
}
