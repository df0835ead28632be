package org.sipmgw;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.fakes.FakeJoiner;
import org.sipmgw.spi.ConferenceSession;

@Timeout(30)
class ConferenceLegTest {
    private final BlockingWork work = new BlockingWork();
    private final FakeJoiner joiner = new FakeJoiner();
    private final ConferenceLeg leg = new ConferenceLeg(Runnable::run, work, new Nobody());

    @AfterEach
    void end() {
        work.close();
    }

    @Test
    void waitsForASeatThatArrivesDuringTheEndAndClosesIt() throws Exception {
        joiner.holdSeats = true;
        leg.open(joiner, Duration.ofSeconds(20));
        CompletableFuture<Void> gone = leg.dispose(Duration.ofSeconds(20));
        assertThat(gone).isNotDone();
        joiner.releaseSeats();
        gone.get(10, SECONDS);
        assertThat(joiner.open).hasValue(0);
    }

    @Test
    void endsWithoutASeatThatDoesNotArriveAndClosesItWhenItDoes() throws Exception {
        joiner.holdSeats = true;
        leg.open(joiner, Duration.ofSeconds(20));
        leg.dispose(Duration.ofMillis(20)).get(10, SECONDS);
        assertThat(joiner.seats).isEmpty();
        joiner.releaseSeats();
        assertThat(joiner.seats).hasSize(1);
        for (int i = 0; i < 1000 && joiner.open.get() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(joiner.open).hasValue(0);
    }

    private static final class Nobody implements ConferenceLegEvents {
        @Override
        public void onSeat(ConferenceSession session) {}

        @Override
        public void onNoSeat(Throwable problem) {}

        @Override
        public void onJoined(ConferenceState state) {}

        @Override
        public void onNotJoined(Throwable problem) {}

        @Override
        public void onConferenceState(ConferenceState state) {}

        @Override
        public void onGone(boolean retry, String detail) {}
    }
}
