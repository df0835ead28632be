package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.Room;

class JanusVideoRoomPageTest {
    private static final Room ROOM =
            Room.of(URI.create("https://janus.example.org/videoroomtest.html?room=1"), "Room 4");

    private final JanusVideoRoomPage product = new JanusVideoRoomPage();
    private final FakePage page = new FakePage();

    @Test
    void knowsItsPage() {
        assertThat(product.accepts(ROOM.page())).isTrue();
        assertThat(product.accepts(URI.create("https://janus.example.org/echotest.html")))
                .isFalse();
        assertThat(product.accepts(URI.create("mailto:videoroomtest.html"))).isFalse();
    }

    @Test
    void isJoinedOnlyWhenRegisteredAndPublished() throws JoinException {
        page.seen.putAll(Map.of("registered", true, "published", false, "others", 2L));
        assertThat(product.read(page).phase()).isEqualTo(Phase.JOINING);
        page.seen.put("published", true);
        page.seen.put("muted", true);
        assertThat(product.read(page)).isEqualTo(new ConferenceState(Phase.JOINED, true, false, false, false, 2));
    }

    @Test
    void hasLeftWhenItsMediaEndedAfterwards() throws JoinException {
        page.seen.putAll(Map.of("registered", true, "published", false, "lost", true));
        assertThat(product.read(page).phase()).isEqualTo(Phase.LEFT);
    }

    @Test
    void takesTheStepThePageIsReadyFor() {
        product.step(page, ROOM);
        assertThat(page.input).isEmpty();
        page.seen.put("startable", true);
        product.step(page, ROOM);
        page.seen.putAll(Map.of("startable", false, "registerable", true));
        product.step(page, ROOM);
        assertThat(page.input).containsExactly("click #start", "type #username Room4", "click #register");
    }

    @ParameterizedTest
    @CsvSource({
        "Apparently room 77 (the one this demo uses as a test room) does not exist..., NO_SUCH_ROOM",
        "No such room (77), NO_SUCH_ROOM",
        "Missing mandatory element (pin), PASSWORD",
        "Unauthorized (wrong pin), PASSWORD",
        "Maximum number of publishers (3) already reached, REFUSED",
        "The room has been destroyed, REFUSED",
        "Lost connection to the server (is it down?), BROWSER",
    })
    void saysWhyThePageRefuses(String alert, JoinException.Cause cause) {
        page.seen.put("alert", alert);
        assertThatThrownBy(() -> product.read(page))
                .isInstanceOfSatisfying(
                        JoinException.class, e -> assertThat(e.reason()).isEqualTo(cause))
                .hasMessageContaining(alert);
    }

    @ParameterizedTest
    @CsvSource({"Salle Évry 3, SalleEvry3", "'<b>会議室</b>', bb", "会議室, Room", "'', Room"})
    void makesANameThePageTakes(String displayName, String name) {
        assertThat(JanusVideoRoomPage.userName(displayName)).isEqualTo(name);
    }

    @Test
    void mutesByThePagesButtonAndRefusesWhatThePageCannot() {
        product.command(page, new ConferenceCommand.MuteMicrophone(true));
        assertThat(page.input).containsExactly("click #mute");
        assertThatThrownBy(() -> product.command(page, new ConferenceCommand.RaiseHand(true)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the Janus video room page has nothing for RaiseHand");
    }
}
