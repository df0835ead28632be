package org.sipmgw;

import java.util.Optional;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceJoiner;

/**
 * Where a call is to go.
 *
 * @param room the conference
 * @param joiner who can join it
 */
record Destination(Room room, ConferenceJoiner joiner) {

    /** The room's first joiner; empty where its host is allowed to none. */
    static Optional<Destination> of(Room room, GatewayParts gateway) {
        return gateway.joiners().stream()
                .filter(one -> one.accepts(room))
                .findFirst()
                .map(joiner -> new Destination(room, joiner));
    }
}
