package org.sipmgw.media.rtp;

/** What a datagram is, by its first bytes: RFC 7983 section 7 and, for RTP against RTCP, RFC 5761 section 4. */
public enum PacketKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    /** None of them, or too short to be one. */
    OTHER;

    /** Looks at the first two bytes; whether the rest is well formed is for who handles that kind. */
    public static PacketKind of(Packet packet) {
        if (packet.length() < 8) {
            return OTHER;
        }
        int first = packet.buffer()[packet.offset()] & 0xFF;
        if (first >= 128 && first <= 191) {
            int type = packet.buffer()[packet.offset() + 1] & 0xFF;
            if (type >= 192 && type <= 223) {
                return RTCP;
            }
            return packet.length() >= Packet.FIXED_HEADER ? RTP : OTHER;
        }
        if (first <= 3) {
            return STUN;
        }
        return first >= 20 && first <= 63 ? DTLS : OTHER;
    }
}
