package org.sipmgw.browser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps things that take long to start ready for who comes next: refilled after one is taken, checked while they stand,
 * started again with growing pauses when starting fails. Thread-safe.
 */
final class WarmPool<T extends WarmPool.Standby> implements AutoCloseable {
    /** Something that stands ready. */
    interface Standby extends AutoCloseable {
        /** Whether it still works; may take a few seconds. */
        boolean healthy();

        /** Completes, with the reason, when it has died. */
        CompletionStage<String> ended();

        @Override
        void close();
    }

    private static final System.Logger LOG = System.getLogger(WarmPool.class.getName());
    private static final int MAX_FAILURES = 8;

    private final int target;
    private final Supplier<T> opener;
    private final ScheduledExecutorService workers;
    private final Timing timing;

    private final Deque<T> standing = new ArrayDeque<>();
    private int starting;
    private int failures;
    private boolean retryPlanned;
    private boolean closed;

    /**
     * When it does things.
     *
     * @param checkMs between two checks
     * @param firstPauseMs after the first failed start; doubled after each further one
     * @param longestPauseMs the longest pause
     */
    record Timing(long checkMs, long firstPauseMs, long longestPauseMs) {}

    WarmPool(int target, Supplier<T> opener, ScheduledExecutorService workers, Timing timing) {
        this.target = target;
        this.opener = opener;
        this.workers = workers;
        this.timing = timing;
    }

    /** Begins to fill it. */
    void start() {
        refill();
        planCheck();
    }

    private synchronized void planCheck() {
        if (target > 0 && !closed) {
            ScheduledFuture<?> unused = workers.schedule(this::check, timing.checkMs(), TimeUnit.MILLISECONDS);
        }
    }

    /** One that stands ready, if any; another is started in its place. */
    Optional<T> take() {
        Optional<T> taken;
        synchronized (this) {
            taken = Optional.ofNullable(standing.pollFirst());
            if (!retryPlanned) {
                failures = 0; // somebody wants one: worth trying again
            }
        }
        refill();
        return taken;
    }

    /** How many stand ready. */
    synchronized int size() {
        return standing.size();
    }

    private synchronized void refill() {
        while (!closed && !retryPlanned && failures < MAX_FAILURES && standing.size() + starting < target) {
            starting++;
            workers.execute(this::open);
        }
    }

    private void open() {
        T opened;
        try {
            opened = opener.get();
        } catch (RuntimeException | Error e) {
            // an error too: what is counted as starting for ever is never started again
            failed(e);
            return;
        }
        boolean keep;
        synchronized (this) {
            starting--;
            failures = 0;
            keep = !closed;
            if (keep) {
                standing.addLast(opened);
            }
        }
        if (keep) {
            opened.ended().thenAccept(reason -> discard(opened, reason));
        } else {
            opened.close();
        }
    }

    private synchronized void failed(Throwable e) {
        starting--;
        failures++;
        long pauseMs = Math.min(timing.longestPauseMs(), timing.firstPauseMs() << Math.min(failures - 1, 20));
        String next = failures < MAX_FAILURES ? "next try in " + pauseMs + " ms" : "no further try until the next call";
        LOG.log(System.Logger.Level.WARNING, "No warm browser: " + next, e);
        if (!closed && failures < MAX_FAILURES && !retryPlanned) {
            retryPlanned = true;
            ScheduledFuture<?> unused = workers.schedule(this::retry, pauseMs, TimeUnit.MILLISECONDS);
        }
    }

    private void retry() {
        synchronized (this) {
            retryPlanned = false;
        }
        refill();
    }

    private void check() {
        List<T> now;
        synchronized (this) {
            now = List.copyOf(standing);
        }
        for (T one : now) {
            if (!one.healthy()) {
                discard(one, "it does not answer");
            }
        }
        refill();
        planCheck();
    }

    private void discard(T one, String reason) {
        boolean stood;
        synchronized (this) {
            stood = standing.remove(one);
        }
        if (stood) {
            LOG.log(System.Logger.Level.WARNING, "A warm browser is lost: {0}", reason);
            workers.execute(one::close);
            refill();
        }
    }

    /** Ends all that stand and waits for that; one that is still starting is ended by who starts it. */
    @Override
    public void close() {
        List<T> rest;
        synchronized (this) {
            closed = true;
            rest = List.copyOf(standing);
            standing.clear();
        }
        rest.forEach(Standby::close);
    }
}
