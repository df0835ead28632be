package org.sipmgw;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceJoiner;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PagePeer;

/**
 * One seat in the conference: a browser with its display and sound, from its opening to its end. A restart takes a new
 * one. On the call's loop; brings what the joiner reports there, and nothing once the seat is disposed of.
 */
final class ConferenceLeg {
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(5);
    /** How long an end waits for a seat that was asked for and has not arrived. */
    private static final Duration SEAT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(5);
    private final Executor tasks;
    private final BlockingWork work;
    private final ConferenceLegEvents events;
    private CompletableFuture<ConferenceSession> opening = new CompletableFuture<>();
    private @Nullable ConferenceSession session;
    private volatile @Nullable CompletableFuture<Void> disposal;
    private boolean joinStarted;
    private boolean joined;

    ConferenceLeg(Executor tasks, BlockingWork work, ConferenceLegEvents events) {
        this.tasks = tasks;
        this.work = work;
        this.events = events;
    }

    /**
     * Asks for a seat, but waits no longer than {@code patience}; {@link ConferenceLegEvents#onSeat} or {@link ConferenceLegEvents#onNoSeat} follows.
     */
    void open(ConferenceJoiner joiner, Duration patience) {
        opening = asked(() -> joiner.open(new Reports()));
        var unused = within(opening, patience)
                .whenComplete((seat, problem) -> onLoop(() -> {
                    if (problem != null) {
                        events.onNoSeat(cause(problem));
                    } else {
                        session = seat;
                        events.onSeat(seat);
                    }
                }));
    }

    /** Joins; {@link ConferenceLegEvents#onJoined} or {@link ConferenceLegEvents#onNotJoined} follows. */
    void join(Room room, PagePeer camera, Duration timeout) {
        ConferenceSession seat = seat();
        joinStarted = true;
        var unused = within(asked(() -> seat.join(room, camera, timeout)), timeout.plus(GRACE))
                .whenComplete((state, problem) -> onLoop(() -> {
                    if (problem != null) {
                        events.onNotJoined(cause(problem));
                    } else {
                        joined = true;
                        events.onJoined(state);
                    }
                }));
    }

    boolean joined() {
        return joined;
    }

    /** Whether it is this seat's display. */
    boolean shows(DisplayPort display) {
        return session != null && session.display().equals(display);
    }

    CompletionStage<Void> command(ConferenceCommand command) {
        if (!joined || disposal != null) {
            return CompletableFuture.failedFuture(new IllegalStateException("not in the conference"));
        }
        ConferenceSession seat = seat();
        return asked(() -> seat.command(command));
    }

    /**
     * Leaves and closes, also when the seat arrives only now. Completes when nothing of it is left, or no seat has arrived
     * within 30 s; one that arrives later still is closed then.
     */
    CompletableFuture<Void> dispose() {
        return dispose(SEAT_TIMEOUT);
    }

    CompletableFuture<Void> dispose(Duration patience) {
        CompletableFuture<Void> running = disposal;
        if (running == null) {
            boolean polite = joinStarted;
            CompletableFuture<Void> gone = opening.handle((seat, problem) -> seat)
                    .thenCompose(seat -> seat == null ? CompletableFuture.completedFuture(null) : closed(seat, polite));
            running = within(opening, patience)
                    .handle((seat, problem) -> problem instanceof TimeoutException)
                    .thenCompose(late -> late ? CompletableFuture.completedFuture(null) : gone);
            disposal = running;
        }
        return running;
    }

    private CompletableFuture<Void> closed(ConferenceSession seat, boolean polite) {
        CompletableFuture<Void> left = polite
                ? work.run("leaving", () -> {}).thenCompose(ignored -> asked(seat::leave))
                : CompletableFuture.completedFuture(null);
        return within(left, LEAVE_TIMEOUT)
                .handle((done, problem) -> null)
                .thenCompose(ignored -> work.run("closing the seat", seat::close));
    }

    private ConferenceSession seat() {
        if (session == null) {
            throw new IllegalStateException("no seat yet");
        }
        return session;
    }

    private void onLoop(Runnable event) {
        tasks.execute(() -> {
            if (disposal == null) {
                event.run();
            }
        });
    }

    /** Ports promise to keep their times; a call must not hang when one does not. */
    private static <T> CompletableFuture<T> within(CompletableFuture<T> stage, Duration patience) {
        return stage.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Throwable cause(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }

    /** A joiner that throws instead of failing its stage is treated the same. */
    private static <T> CompletableFuture<T> asked(Asking<T> asking) {
        try {
            return asking.ask().toCompletableFuture();
        } catch (RuntimeException problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }

    private interface Asking<T> {
        CompletionStage<T> ask();
    }

    private final class Reports implements ConferenceListener {
        @Override
        public void onState(ConferenceState state) {
            onLoop(() -> events.onConferenceState(state));
        }

        @Override
        public void onGone(boolean retry, String detail) {
            onLoop(() -> events.onGone(retry, detail));
        }
    }
}
