package org.sipmgw.conference;

/** The conference could not be joined. */
public final class JoinException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Cause {
        /** The room's host is not allowed or no joiner knows the page. */
        NOT_ALLOWED,
        /** The page or the conference does not exist. */
        NO_SUCH_ROOM,
        /** A password is missing or wrong. */
        PASSWORD,
        /** The page did not become joined within the time allowed. */
        TIMEOUT,
        /** The conference turned us away. */
        REFUSED,
        /** Browser, display or sound could not be started or died. */
        BROWSER
    }

    private final Cause reason;

    public JoinException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    public JoinException(Cause reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Cause reason() {
        return reason;
    }
}
