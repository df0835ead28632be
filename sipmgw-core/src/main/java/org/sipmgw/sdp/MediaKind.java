package org.sipmgw.sdp;

/** The media type of one media line ({@code m=}), RFC 8866 section 5.14. */
public enum MediaKind {
    AUDIO,
    VIDEO,
    /** Anything that the gateway does not carry; such a line is answered with port 0. */
    OTHER
}
