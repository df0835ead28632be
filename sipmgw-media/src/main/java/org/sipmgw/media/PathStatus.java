package org.sipmgw.media;

/** Where the way of a packet from the room ended. */
enum PathStatus {
    /** In the page. */
    FORWARDED,
    /** In the page, put right before. */
    REPAIRED,
    /** It was RTCP, and was read. */
    CONTROL,
    /** It was DTLS, and was handed on. */
    HANDSHAKE,
    /** It was a telephone event. */
    EVENT,
    /** It was parity, and was kept to make others. */
    PARITY,
    /** On its way to the page there was no page, or none that takes this format. */
    NO_PAGE,
    /** Not of a protocol that was agreed. */
    UNEXPECTED,
    /** Not what its protocol allows. */
    MALFORMED,
    /** Authentication failed. */
    FORGED,
    /** Authentic, but opened before. */
    REPLAYED,
    /** Before there are keys to open it with. */
    NO_KEYS,
    /** From somebody else than the room. */
    STRANGER,
    /** Of a payload type that was not agreed. */
    UNKNOWN_PAYLOAD_TYPE,
    /** While nothing was agreed, or reception was not. */
    NOT_AGREED,
    /** Came twice. */
    DUPLICATE,
    /** Of a second stream, or of a jump that nothing has confirmed. */
    UNPROVEN,
    /** Came too late to have a number. */
    TOO_LATE,
    /** Nothing that a decoder could use. */
    LEFT_OUT;

    /** Whether it counts as dropped by the gateway. */
    boolean isDrop() {
        return switch (this) {
            case FORWARDED,
                    REPAIRED,
                    CONTROL,
                    HANDSHAKE,
                    EVENT,
                    PARITY,
                    NO_PAGE,
                    DUPLICATE,
                    REPLAYED,
                    NO_KEYS,
                    NOT_AGREED -> false;
            case UNEXPECTED, MALFORMED, FORGED, STRANGER, UNKNOWN_PAYLOAD_TYPE, UNPROVEN, TOO_LATE, LEFT_OUT -> true;
        };
    }
}
