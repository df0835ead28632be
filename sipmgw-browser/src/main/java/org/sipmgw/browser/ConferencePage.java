package org.sipmgw.browser;

import java.net.URI;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.Room;

/**
 * What differs between conference products, and nothing else: how its page is recognised, joined, read, told things and
 * left. The base does the rest (browser, camera and microphone, timeouts, watching, evidence).
 *
 * <p>Implementations hold no state of a call: everything is read from the page each time, so that one instance serves
 * all calls and a reloaded page is joined again by itself. All methods that take a {@link Page} are called on the one
 * thread of that page, look at what is there now, do what can be done now, and return: they never wait.
 */
public interface ConferencePage {

    /** The product, for people: stands in messages and file names. */
    String product();

    /** Whether the address is a page of this product. */
    boolean accepts(URI page);

    /** The address to open for the room; the room's own unless the product wants more in it. */
    default URI address(Room room) {
        return room.page();
    }

    /**
     * Does the next step of joining that the page is ready for, or nothing. Called at every poll until {@link #read}
     * tells that the page is joined.
     *
     * @throws JoinException when the page says that it cannot be joined
     */
    void step(Page page, Room room) throws JoinException;

    /**
     * Reads the state from the page. {@code JOINED} must rest on a fact (media flow, the server confirmed), never on
     * something having been clicked.
     *
     * @throws JoinException when the page says that it cannot be joined, or that we were turned out of the conference
     */
    ConferenceState read(Page page) throws JoinException;

    /**
     * Does something in the joined page. Whether it worked is seen by the base in the state read afterwards.
     *
     * @throws UnsupportedOperationException when the page has nothing for it, with a message for people
     */
    void command(Page page, ConferenceCommand command);

    /** Leaves politely. The base waits a moment for {@link #read} to tell that the page has left. */
    void leave(Page page);
}
