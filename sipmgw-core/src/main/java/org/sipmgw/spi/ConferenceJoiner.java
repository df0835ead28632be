package org.sipmgw.spi;

import java.util.concurrent.CompletionStage;
import org.sipmgw.conference.Room;

/** Opens conference sessions. Thread-safe. Closing ends all sessions and warm browsers and waits for that. */
public interface ConferenceJoiner extends AutoCloseable {

    /** Whether this joiner knows the room's page and may go to its host. */
    boolean accepts(Room room);

    /**
     * Opens a session that shows the waiting picture; from a warm browser where there is one.
     *
     * @return fails with {@link org.sipmgw.conference.JoinException} or {@link DeviceException}
     */
    CompletionStage<ConferenceSession> open(ConferenceListener listener);

    /** How many browsers stand warm now. */
    int warm();

    @Override
    void close();
}
