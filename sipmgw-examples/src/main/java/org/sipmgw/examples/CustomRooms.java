package org.sipmgw.examples;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.sipmgw.CallRequest;
import org.sipmgw.RoomResolver;
import org.sipmgw.conference.Room;

/** Rooms from a list of one's own: names that people dial, pages that they need not know, a password for one of them. */
public final class CustomRooms implements RoomResolver {

    private final Map<String, Room> rooms = Map.of(
            "standup",
            Room.of(URI.create("https://meet.example/videoroomtest.html?room=17"), "Meeting room"),
            "board",
            new Room(
                    URI.create("https://meet.example/videoroomtest.html?room=18"),
                    "Board room",
                    Optional.of("from-a-vault")));

    /** Give it to {@code Gateway.builder().rooms(...)}. */
    public CustomRooms() {}

    @Override
    public Optional<Room> resolve(CallRequest request) {
        return request.requestUser().map(rooms::get);
    }
}
