package org.sipmgw;

import org.sipmgw.conference.Room;

/**
 * A call that came in and can still be decided. The first decision counts, later ones do nothing; where nobody decides the
 * {@link AnswerPolicy} does. The methods may be called within {@link CallListener#onIncoming} or later, from any thread.
 */
public interface IncomingCall extends Call {

    /** Takes the call into the room that the resolver has found; without one it is refused with 404. */
    void accept();

    /** Takes the call into this room; refused with 403 where no joiner may join it. */
    void accept(Room room);

    /**
     * Refuses the call.
     *
     * @param sipStatus 400 to 699, for example 486 for busy or 603 for declined
     * @param detail for people, shown by the room system
     * @throws IllegalArgumentException when the status is none of these
     */
    void reject(int sipStatus, String detail);

    /**
     * Sends the caller elsewhere (302).
     *
     * @param uri a SIP or SIPS URI
     * @throws IllegalArgumentException when it is none
     */
    void redirect(String uri);
}
