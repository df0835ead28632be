package org.sipmgw.sdp;

/** RTCP feedback that both sides agreed on with {@code a=rtcp-fb} (RFC 4585, RFC 5104). */
public enum RtcpFeedback {
    /** Generic NACK, RFC 4585 section 6.2.1. */
    NACK,
    /** Picture loss indication, RFC 4585 section 6.3.1. */
    PLI,
    /** Full intra request, RFC 5104 section 4.3.1. */
    FIR,
    /** Temporary maximum media stream bitrate request, RFC 5104 section 4.2.1. */
    TMMBR,
    /** Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03). */
    REMB,
    /** When each packet came (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). */
    TRANSPORT_CC
}
