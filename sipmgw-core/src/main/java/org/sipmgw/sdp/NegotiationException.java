package org.sipmgw.sdp;

/**
 * An offer that cannot be accepted at all (SIP 488), or an answer that does not fit the offer. What was agreed before
 * stays in force (RFC 3264 section 8, RFC 3261 section 14.2).
 */
public final class NegotiationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int warningCode;

    NegotiationException(Refusal refusal) {
        this(refusal.warningCode(), refusal.reason());
    }

    NegotiationException(int warningCode, String reason) {
        super(reason);
        this.warningCode = warningCode;
    }

    /** The code of a SIP Warning header (RFC 3261 section 20.43); the message is its text. */
    public int warningCode() {
        return warningCode;
    }
}
