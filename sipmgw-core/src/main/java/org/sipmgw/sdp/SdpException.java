package org.sipmgw.sdp;

/** A text that is not a session description. The message never repeats the text, which may hold keys. */
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    SdpException(int line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /** Number of the offending line, from 1; one more than the last line when something is missing at the end. */
    public int line() {
        return line;
    }

    /** What is wrong, in words that may be shown to the other side. */
    public String reason() {
        return reason;
    }
}
