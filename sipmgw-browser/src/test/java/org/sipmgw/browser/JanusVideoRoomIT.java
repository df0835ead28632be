package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;

@Tag("call")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JanusVideoRoomIT {
    private BrowserLab lab;
    private JanusServer janus;
    private BrowserJoiner joiner;

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

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void joinsAsSoonAsTheServerHasOurMedia() throws Exception {
        janus.create(1000, Map.of());
        lab.awaitWarm(joiner, 1);
        ConferenceSession session = await(joiner.open(new ConferenceListener() {}));
        assertThat(session.warm()).isTrue();
        long begin = System.nanoTime();
        ConferenceState state =
                await(session.join(Room.of(janus.room(1000), "Salle Évry 3"), lab.camera(), Duration.ofSeconds(30)));
        System.out.println("joined after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertThat(state.phase()).isEqualTo(Phase.JOINED);
        assertThat(janus.participants(1000)).singleElement().satisfies(p -> {
            assertThat(p).containsEntry("display", "SalleEvry3").containsEntry("publisher", true);
        });
        lab.screenshot(session, "joined.png");
        await(session.leave());
    }
}
