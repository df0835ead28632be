package org.sipmgw.spi;

import org.sipmgw.conference.ConferenceState;

/** What a {@link ConferenceSession} reports. Called from threads of the joiner; implementations return at once. */
public interface ConferenceListener {

    /** The state read from the page has changed. */
    default void onState(ConferenceState state) {}

    /**
     * The session is lost and cannot come back: browser, tab, display or sound died, or the conference ended it.
     *
     * @param retry whether a new session could succeed
     * @param detail for people
     */
    default void onGone(boolean retry, String detail) {}
}
