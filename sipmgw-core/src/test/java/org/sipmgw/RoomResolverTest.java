package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConfigException;

class RoomResolverTest {
    private static final String TEMPLATE = "https://meet.example/rooms/{room}?kiosk=1";

    private static CallRequest calling(Optional<String> user) {
        return new CallRequest(
                "1@room",
                user,
                "gateway",
                "sip:lobby@room.example",
                Optional.of("Lobby"),
                "192.0.2.1:5060",
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<URI> page(String user) {
        return RoomResolver.template(TEMPLATE, Optional.empty())
                .resolve(calling(Optional.of(user)))
                .map(Room::page);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void refusesUserPartsThatWouldLeadToAnotherPage(String user) {
        assertThat(page(user)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1234,1234", "...,...", "a.b,a.b", "../x,..%2Fx", "a?b#c,a%3Fb%23c", "a b,a%20b", "%2e%2e,%252e%252e"})
    void putsEveryOtherUserPartIntoOneSegmentOfThePath(String user, String segment) {
        assertThat(page(user)).contains(URI.create("https://meet.example/rooms/" + segment + "?kiosk=1"));
    }

    @Test
    void takesTheDefaultRoomWhereThereIsNoUserPart() {
        RoomResolver rooms = RoomResolver.template(TEMPLATE, Optional.of("42"));
        URI expected = URI.create("https://meet.example/rooms/42?kiosk=1");
        assertThat(rooms.resolve(calling(Optional.empty())).map(Room::page)).contains(expected);
        assertThat(rooms.resolve(calling(Optional.of(""))).map(Room::page)).contains(expected);
        assertThat(page("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://meet.example/",
                "ftp://meet.example/{room}",
                "https://{room}/",
                "meet/{room}",
                "",
                "https://meet.example/{room}?name=a b",
                "https://meet.example/{room}/{hall}"
            })
    void refusesTemplatesThatAreNoPage(String template) {
        assertThatThrownBy(() -> RoomResolver.template(template, Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("page: ");
    }
}
