package org.sipmgw.media.srtp;

/** What protecting or unprotecting did with a packet. */
public enum SrtpStatus {
    OK,
    /** Received before, or older than the replay window (RFC 3711 section 3.3.2). */
    REPLAYED,
    /** The authentication tag does not fit. */
    FORGED,
    /** Too short, or too many streams, or the cipher refused. */
    REFUSED
}
