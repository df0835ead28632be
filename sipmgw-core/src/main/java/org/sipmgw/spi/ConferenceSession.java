package org.sipmgw.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.Room;

/**
 * One browser with its own display and audio sink: the conference leg of one call. It shows the waiting picture from
 * the start. All methods are thread-safe and return at once; {@link #close()} waits until everything has ended.
 */
public interface ConferenceSession extends AutoCloseable {

    /** What the page shows. */
    DisplayPort display();

    /** What the page plays. */
    SpeakerPort speaker();

    /** What the page has for camera and microphone where those are devices of the kernel; empty: a {@link PagePeer}. */
    default Optional<PageDevices> devices() {
        return Optional.empty();
    }

    /** Whether the browser was started before it was asked for. */
    boolean warm();

    /** Process id of the browser's driver, the root of the browser's process tree, for accounting. */
    long pid();

    /**
     * Joins the room. Completes when the page <em>is</em> joined, a fact read from the page.
     *
     * @param camera the page's camera and microphone
     * @param timeout how long to wait for the page to be joined, waiting in a lobby included
     * @return the first state; fails with {@link org.sipmgw.conference.JoinException}
     */
    CompletionStage<ConferenceState> join(Room room, PagePeer camera, Duration timeout);

    /** The state last read from the page. */
    ConferenceState state();

    /** Does something in the page; completes when the page shows it done, fails when the page cannot do it. */
    CompletionStage<Void> command(ConferenceCommand command);

    /** Leaves the conference politely, then closes. Completes when nothing is left. */
    CompletionStage<Void> leave();

    @Override
    void close();
}
