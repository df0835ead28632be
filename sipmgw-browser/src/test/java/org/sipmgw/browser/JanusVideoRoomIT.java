package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipmgw.browser.BrowserLab.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;

/** The joiner against a real Janus and its own demo page. */
@Tag("call")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JanusVideoRoomIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int RED = 0xc03020; // what the stand-in for the room's camera shows

    private BrowserLab lab;
    private JanusServer janus;
    private BrowserJoiner joiner;

    private static class Told implements ConferenceListener {
        final List<ConferenceState> states = new CopyOnWriteArrayList<>();
        final List<String> gone = new CopyOnWriteArrayList<>();

        @Override
        public void onState(ConferenceState state) {
            states.add(state);
        }

        @Override
        public void onGone(boolean retry, String detail) {
            gone.add(retry + " " + detail);
        }
    }

    @BeforeAll
    void start() throws Exception {
        lab = new BrowserLab();
        janus = JanusServer.start(lab.runtime());
        lab.camera();
        joiner = lab.joiner(List.of(janus.host()), 1);
    }

    @AfterAll
    void end() {
        joiner.close();
        janus.close();
        lab.close();
    }

    private ConferenceState join(ConferenceSession session, int room, String name) throws Exception {
        return await(session.join(Room.of(janus.room(room), name), lab.camera(), TIMEOUT));
    }

    private boolean eventually(ThrowingCondition condition) throws Exception {
        for (int i = 0; i < 100 && !condition.holds(); i++) {
            Thread.sleep(100);
        }
        return condition.holds();
    }

    private interface ThrowingCondition {
        boolean holds() throws Exception;
    }

    @Test
    void joinsWhenTheServerHasOurMediaAndLeavesPolitely() throws Exception {
        janus.create(1000, Map.of());
        Told told = new Told();
        ConferenceSession session = lab.warmSession(joiner, told);
        long beginNs = System.nanoTime();
        ConferenceState state = join(session, 1000, "Salle Évry 3");
        System.out.println("warm join: " + (System.nanoTime() - beginNs) / 1_000_000 + " ms");
        assertThat(state.phase()).isEqualTo(Phase.JOINED);
        assertThat(session.state()).isEqualTo(state);
        assertThat(told.states).contains(state);
        assertThat(janus.participants(1000))
                .singleElement()
                .satisfies(participant -> assertThat(participant)
                        .containsEntry("display", "SalleEvry3")
                        .containsEntry("publisher", true));
        await(session.leave());
        assertThat(janus.participants(1000)).isEmpty();
        assertThat(told.gone).isEmpty();
    }

    @Test
    void mutesByThePagesOwnButtonAndReadsItBack() throws Exception {
        janus.create(1001, Map.of());
        Told told = new Told();
        ConferenceSession session = lab.warmSession(joiner, told);
        assertThat(join(session, 1001, "Room").microphoneMuted()).isFalse();
        await(session.command(new ConferenceCommand.MuteMicrophone(true)));
        assertThat(session.state().microphoneMuted()).isTrue();
        await(session.command(new ConferenceCommand.MuteMicrophone(true))); // already: no second click
        assertThat(session.state().microphoneMuted()).isTrue();
        await(session.command(new ConferenceCommand.MuteMicrophone(false)));
        assertThat(session.state().microphoneMuted()).isFalse();
        assertThatThrownBy(() -> await(session.command(new ConferenceCommand.RaiseHand(true))))
                .hasRootCauseInstanceOf(UnsupportedOperationException.class);
        session.close();
        assertThat(told.gone).isEmpty();
    }

    @Test
    void showsTheOtherParticipantFillingTheWindowAndPlaysItsSound() throws Exception {
        janus.create(1002, Map.of());
        ConferenceSession one = lab.warmSession(joiner, new Told());
        join(one, 1002, "One");
        assertThat(Screen.of(one).share(0, 0, 100, 100, 0x101820)).isGreaterThan(0.9);
        ConferenceSession two = lab.warmSession(joiner, new Told());
        join(two, 1002, "Two");
        assertThat(eventually(() -> Screen.of(one).share(0, 0, 100, 100, RED) > 0.7))
                .isTrue();
        for (int corner = 0; corner < 4; corner++) {
            int left = corner % 2 * 95;
            int top = corner / 2 * 95;
            assertThat(Screen.of(one).share(left, top, left + 5, top + 5, RED)).isGreaterThan(0.9);
        }
        assertThat(eventually(() -> one.state().participants() == 1)).isTrue();
        assertThat(eventually(() -> Sound.level(one.speaker(), 440) > 0.5)).isTrue();
        assertThat(Sound.level(one.speaker(), 1000)).isLessThan(0.1);
        await(two.leave());
        assertThat(eventually(() -> Screen.of(one).share(0, 0, 100, 100, 0x101820) > 0.9))
                .isTrue();
        await(one.leave());
    }

    @Test
    void saysThatThereIsNoSuchRoom() throws Exception {
        ConferenceSession session = lab.warmSession(joiner, new Told());
        JoinException failure =
                BrowserLab.failure(session.join(Room.of(janus.room(4711), "Room"), lab.camera(), TIMEOUT));
        assertThat(failure.reason()).isEqualTo(JoinException.Cause.NO_SUCH_ROOM);
        assertThat(failure).hasMessageContaining("4711");
        session.close();
    }

    @Test
    void saysThatAPasswordIsMissing() throws Exception {
        janus.create(1003, Map.of("pin", "1234"));
        ConferenceSession session = lab.warmSession(joiner, new Told());
        assertThat(BrowserLab.failure(session.join(Room.of(janus.room(1003), "Room"), lab.camera(), TIMEOUT))
                        .reason())
                .isEqualTo(JoinException.Cause.PASSWORD);
        session.close();
    }

    @Test
    void saysThatThePageDoesNotExist() throws Exception {
        ConferenceSession session = lab.warmSession(joiner, new Told());
        URI page = janus.web().uri("/elsewhere/videoroomtest.html?room=1");
        assertThat(BrowserLab.failure(session.join(Room.of(page, "Room"), lab.camera(), TIMEOUT))
                        .reason())
                .isEqualTo(JoinException.Cause.NO_SUCH_ROOM);
        session.close();
    }

    @Test
    void tellsWhenTheRoomIsDestroyed() throws Exception {
        janus.create(1004, Map.of());
        Told told = new Told();
        ConferenceSession session = lab.warmSession(joiner, told);
        join(session, 1004, "Room");
        janus.videoRoom(Map.of("request", "destroy", "room", 1004));
        assertThat(eventually(() -> !told.gone.isEmpty())).isTrue();
        assertThat(told.gone).singleElement().asString().startsWith("false ").contains("destroyed");
        session.close();
    }
}
