package org.sipmgw.sdp;

/** How one media line is protected. SDES (RFC 4568) and DTLS-SRTP (RFC 5763) become further cases of this type. */
public sealed interface MediaSecurity {

    /** No protection: RTP/AVP or RTP/AVPF. */
    record Plain() implements MediaSecurity {}

    /** The one value of {@link Plain}. */
    static MediaSecurity plain() {
        return new Plain();
    }
}
