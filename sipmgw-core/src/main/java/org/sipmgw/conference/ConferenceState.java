package org.sipmgw.conference;

/**
 * What the conference page shows of our participant, read back from the page.
 *
 * @param phase how far joining has come
 * @param microphoneMuted whether the page sends no sound
 * @param cameraMuted whether the page sends no picture
 * @param handRaised whether the page shows our hand raised
 * @param sharing whether the page shares content of ours
 * @param participants other participants, -1 where the page does not tell
 */
public record ConferenceState(
        Phase phase,
        boolean microphoneMuted,
        boolean cameraMuted,
        boolean handRaised,
        boolean sharing,
        int participants) {

    /** How far joining has come. */
    public enum Phase {
        /** The page is loading or its forms are being filled. */
        JOINING,
        /** A moderator must let us in. */
        LOBBY,
        /** The page asks for a password that the room does not have or that was refused. */
        PASSWORD_ASKED,
        /** The page is in the conference. */
        JOINED,
        /** The page has left the conference, by our wish or the conference's. */
        LEFT
    }

    /** The state before anything was read from the page. */
    public static ConferenceState joining() {
        return new ConferenceState(Phase.JOINING, false, false, false, false, -1);
    }
}
