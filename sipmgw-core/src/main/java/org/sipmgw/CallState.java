package org.sipmgw;

/** How far a call has come. Only moves forward. */
public enum CallState {
    /** The room system hears ringing, or is being called; a browser is being made ready. */
    RINGING,
    /** The SIP leg is up and shows the waiting picture; the page is joining the conference. */
    JOINING,
    /** The page is in the conference and media flows. */
    CONNECTED,
    /** Being taken down. */
    ENDING,
    /** Ended; {@link Call#endReason()} says why and nothing of the call is left. */
    ENDED
}
