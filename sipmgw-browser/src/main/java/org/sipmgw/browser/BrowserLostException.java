package org.sipmgw.browser;

/** Tab, browser or driver do not answer any more and will not come back. */
final class BrowserLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrowserLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
