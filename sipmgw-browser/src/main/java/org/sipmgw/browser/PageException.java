package org.sipmgw.browser;

/**
 * The page could not do what was asked just now: an element is not there yet, something lies over it, a script threw.
 * While joining, the base tries again at the next poll.
 */
public final class PageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PageException(String message) {
        super(message);
    }

    public PageException(String message, Throwable cause) {
        super(message, cause);
    }
}
