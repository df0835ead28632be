package org.sipmgw.browser;

import java.util.Map;
import java.util.Optional;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.JoinException.Cause;
import org.sipmgw.conference.Room;

/** One attempt to join: reads the page and takes the next step, poll by poll, until it is joined or cannot be. */
final class Join {
    private static final String DOCUMENT = "const n = performance.getEntriesByType('navigation')[0];"
            + "const e = document.querySelector('.error-code');"
            + "return {scheme: location.protocol, status: (n && n.responseStatus) || 0,"
            + " error: e ? e.textContent.trim() : ''};";
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int FIRST_ERROR = 400;

    private final ConferencePage product;
    private final Page page;
    private final Room room;
    private final long deadlineNs;
    private final long timeoutMs;
    private boolean arrived;
    private String seen = "the page has not loaded";

    Join(ConferencePage product, Page page, Room room, long nowNs, long timeoutMs) {
        this.product = product;
        this.page = page;
        this.room = room;
        this.deadlineNs = nowNs + timeoutMs * 1_000_000;
        this.timeoutMs = timeoutMs;
    }

    /**
     * Looks at the page and does what it is ready for.
     *
     * @return the state when the page is joined; empty while it is not
     * @throws JoinException when it cannot be joined, or not in time
     */
    Optional<ConferenceState> poll(long nowNs) throws JoinException {
        try {
            arrived = arrived || documentThere();
            if (arrived) {
                ConferenceState state = product.read(page);
                seen = "the page is at " + state.phase();
                if (state.phase() == Phase.JOINED) {
                    return Optional.of(state);
                }
                if (state.phase() == Phase.PASSWORD_ASKED && room.password().isEmpty()) {
                    throw new JoinException(Cause.PASSWORD, product.product() + " asks for a password");
                }
                product.step(page, room);
            }
        } catch (PageException e) {
            seen = String.valueOf(e.getMessage());
        }
        if (nowNs - deadlineNs >= 0) {
            throw new JoinException(
                    Cause.TIMEOUT, product.product() + " was not joined within " + timeoutMs + " ms: " + seen);
        }
        return Optional.empty();
    }

    /** A new document has replaced the waiting page, and it is not one that says there is nothing. */
    private boolean documentThere() throws JoinException {
        if (!(page.run(DOCUMENT) instanceof Map<?, ?> document)) {
            return false;
        }
        if ("chrome-error:".equals(document.get("scheme"))) {
            throw new JoinException(Cause.NO_SUCH_ROOM, "the page cannot be reached: " + document.get("error"));
        }
        long status = document.get("status") instanceof Number number ? number.longValue() : 0;
        if (status == NOT_FOUND || status == GONE) {
            throw new JoinException(Cause.NO_SUCH_ROOM, "the page does not exist: HTTP status " + status);
        }
        if (status >= FIRST_ERROR) {
            throw new JoinException(Cause.REFUSED, "the page is not given: HTTP status " + status);
        }
        return String.valueOf(document.get("scheme")).startsWith("http");
    }
}
