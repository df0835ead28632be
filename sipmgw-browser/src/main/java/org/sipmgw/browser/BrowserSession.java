package org.sipmgw.browser;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.JoinException.Cause;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.PagePeer;
import org.sipmgw.spi.SpeakerPort;

/**
 * One call's seat. What is done in the page is handed to the page's thread. A browser lost while joining fails the join;
 * one lost before or after that is reported to the listener, once.
 */
final class BrowserSession implements ConferenceSession, Visit.Events {
    private static final long IDLE_CHECK_MS = 1000;

    private final BrowserJoiner joiner;
    private final BrowserConfig config;
    private final Seat seat;
    private final boolean warm;
    private final ConferenceListener listener;
    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean used = new AtomicBoolean();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<ConferenceState> joined = new CompletableFuture<>();

    private volatile ConferenceState state = ConferenceState.joining();
    /** Set on the page's thread. */
    private volatile @Nullable Visit visit;

    BrowserSession(BrowserJoiner joiner, BrowserConfig config, Seat seat, boolean warm, ConferenceListener listener) {
        this.joiner = joiner;
        this.config = config;
        this.seat = seat;
        this.warm = warm;
        this.listener = listener;
    }

    /** Begins to look after the seat. */
    void watch() {
        seat.ended().thenAccept(reason -> gone(true, reason));
        seat.schedule(this::idle, IDLE_CHECK_MS);
    }

    /** Before it is sent to a page, somebody has to notice when the tab dies; the visit does it afterwards. */
    private void idle() {
        if (visit == null && !lost.get()) {
            guarded(() -> seat.chromium().run("return true"));
            seat.schedule(this::idle, IDLE_CHECK_MS);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (BrowserLostException | PageException e) {
            gone(true, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public DisplayPort display() {
        return seat.display();
    }

    @Override
    public SpeakerPort speaker() {
        return seat.speaker();
    }

    @Override
    public Optional<PageDevices> devices() {
        return seat.devices();
    }

    @Override
    public boolean warm() {
        return warm;
    }

    @Override
    public long pid() {
        return seat.pid();
    }

    @Override
    public ConferenceState state() {
        return state;
    }

    @Override
    public CompletionStage<ConferenceState> join(Room room, PagePeer camera, Duration timeout) {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("a session joins once");
        }
        Optional<ConferencePage> product = joiner.product(room.page());
        if (product.isEmpty() || !joiner.accepts(room)) {
            joined.completeExceptionally(new JoinException(
                    Cause.NOT_ALLOWED, "the room's host is not allowed or its page is of no known product"));
        } else if (lost.get() || closed.get()) {
            joined.completeExceptionally(new JoinException(Cause.BROWSER, "the browser is gone"));
        } else {
            seat.execute(() -> {
                Visit begun = new Visit(seat, config, product.get(), room, this);
                visit = begun;
                seat.onNavigation(begun::navigated);
                begun.join(camera, timeout.toMillis(), joined);
            });
        }
        return joined.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> command(ConferenceCommand command) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!joined.isDone() || joined.isCompletedExceptionally() || closed.get()) {
            done.completeExceptionally(new IllegalStateException("the conference is not joined"));
            return done.minimalCompletionStage();
        }
        CompletionStage<Void> end = closing;
        end.thenRun(() -> done.completeExceptionally(new IllegalStateException("the session is closed")));
        seat.execute(() -> {
            Visit current = visit;
            if (current != null) {
                current.command(command, done);
            }
        });
        return done.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> leave() {
        if (joined.isDone() && !joined.isCompletedExceptionally() && !lost.get() && !closed.get()) {
            seat.execute(() -> {
                Visit current = visit;
                Runnable end = () -> joiner.work(this::close);
                if (current == null) {
                    end.run();
                } else {
                    current.leave(end);
                }
            });
        } else {
            joiner.work(this::close);
        }
        return closing.minimalCompletionStage();
    }

    /** From the visit, on the page's thread. */
    @Override
    public void state(ConferenceState read) {
        if (!read.equals(state)) {
            state = read;
            listener.onState(read);
        }
    }

    /** From any thread; only the first loss counts, and none after the session was closed. */
    @Override
    public void gone(boolean retry, String detail) {
        if (closed.get() || !lost.compareAndSet(false, true)) {
            return;
        }
        // final before it has joined: the page went to a host that is not allowed, as every browser would there
        Cause cause = retry ? Cause.BROWSER : Cause.NOT_ALLOWED;
        boolean joining = used.get() && joined.completeExceptionally(new JoinException(cause, detail));
        if (!joining) {
            listener.onGone(retry, detail);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            closing.join();
            return;
        }
        try {
            joined.completeExceptionally(new JoinException(Cause.BROWSER, "the session is closed"));
            seat.close();
        } finally {
            joiner.ended(this);
            closing.complete(null);
        }
    }
}
