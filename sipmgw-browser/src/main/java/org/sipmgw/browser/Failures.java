package org.sipmgw.browser;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.openqa.selenium.NoSuchSessionException;
import org.openqa.selenium.NoSuchWindowException;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.remote.UnreachableBrowserException;

/** Tells what Selenium throws apart: a page that is not ready for it, or a browser that is lost. */
final class Failures {
    /** What the driver says, in words only, when tab or browser have gone. */
    private static final List<String> LOST = List.of(
            "tab crashed",
            "target crashed",
            "disconnected",
            "not connected to devtools",
            "session deleted",
            "chrome not reachable",
            "connection refused",
            "connectexception",
            "connection reset",
            "closedchannelexception",
            "httptimeoutexception",
            "received no bytes");

    private Failures() {}

    /**
     * Runs something of Selenium.
     *
     * @throws PageException when it can be tried again
     * @throws BrowserLostException when it cannot
     */
    static <T> T translated(Supplier<T> action) {
        try {
            return action.get();
        } catch (WebDriverException e) {
            String message = firstLine(e);
            if (lost(e)) {
                throw new BrowserLostException(message, e);
            }
            throw new PageException(message, e);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new BrowserLostException("closed while waiting for the browser", e);
            }
            throw e;
        }
    }

    private static boolean lost(WebDriverException e) {
        if (e instanceof NoSuchSessionException
                || e instanceof NoSuchWindowException
                || e instanceof SessionNotCreatedException
                || e instanceof UnreachableBrowserException) {
            return true;
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            String words = (t.getClass().getSimpleName() + " " + t.getMessage()).toLowerCase(Locale.ROOT);
            if (LOST.stream().anyMatch(words::contains)) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(WebDriverException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
