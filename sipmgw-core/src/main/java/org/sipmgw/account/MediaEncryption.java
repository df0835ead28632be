package org.sipmgw.account;

/** What an account wants of media encryption; baresip's {@code mediaenc}. */
public enum MediaEncryption {
    /** The account says nothing: the gateway's own policy holds. */
    UNSPECIFIED,
    /** SDES (RFC 4568), plain where the peer has none; {@code srtp}. */
    SDES_OPTIONAL,
    /** SDES or no call, profile RTP/SAVP; {@code srtp-mand}. */
    SDES_REQUIRED,
    /** SDES or no call, profile RTP/SAVPF; {@code srtp-mandf}. */
    SDES_REQUIRED_WITH_FEEDBACK,
    /** DTLS-SRTP (RFC 5763) or no call; {@code dtls_srtp}. */
    DTLS_SRTP
}
