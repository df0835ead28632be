package org.sipmgw.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void showsNoSecrets() {
        URI page = URI.create("https://user:geheim@meet.example:8443/rooms/42?pwd=geheim#geheim");
        assertThat(new Room(page, "Lobby", Optional.of("geheim")))
                .hasToString("Room[https://meet.example:8443/rooms/42, Lobby]");
    }
}
