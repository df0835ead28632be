package org.sipmgw.browser;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.JoinException.Cause;
import org.sipmgw.conference.Room;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConferenceJoiner;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;

/**
 * Joins conferences with Chromium: one browser process group, display and audio sink for each call, all of which end with
 * it. Browsers stand warm on the waiting page, so that a call does not wait for a start. Thread-safe.
 */
public final class BrowserJoiner implements ConferenceJoiner {
    private static final WarmPool.Timing TIMING = new WarmPool.Timing(5000, 1000, 60_000);
    private static final int WORKERS = 4;
    private static final long CLOSE_TIMEOUT_S = 30;

    private final BrowserConfig config;
    private final ScheduledThreadPoolExecutor workers;
    private final WarmPool<Seat> pool;
    private final AtomicInteger serial = new AtomicInteger();
    private final Set<BrowserSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    BrowserJoiner(BrowserConfig config) {
        this.config = config;
        AtomicInteger number = new AtomicInteger();
        this.workers = new ScheduledThreadPoolExecutor(WORKERS, task -> {
            Thread made = new Thread(task, "sipmgw-browser-" + number.incrementAndGet());
            made.setDaemon(true);
            return made;
        });
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.pool = new WarmPool<>(config.warm(), this::openSeat, workers, TIMING);
        pool.start();
    }

    /**
     * Prepares a joiner.
     *
     * @param runtime where the browsers' processes have their homes; shared with displays and speakers, closed after the
     *     joiner by whoever made it
     */
    public static BrowserJoinerBuilder builder(RuntimeDirectory runtime) {
        return new BrowserJoinerBuilder(runtime);
    }

    private Seat openSeat() {
        return Seat.open(config, serial);
    }

    @Override
    public boolean accepts(Room room) {
        return config.hosts().allows(room.page()) && product(room.page()).isPresent();
    }

    /** The product whose page it is. */
    Optional<ConferencePage> product(URI page) {
        return config.pages().stream().filter(product -> product.accepts(page)).findFirst();
    }

    @Override
    public CompletionStage<ConferenceSession> open(ConferenceListener listener) {
        CompletableFuture<ConferenceSession> opened = new CompletableFuture<>();
        Optional<Seat> warm = pool.take();
        if (warm.isPresent()) {
            complete(opened, new BrowserSession(this, config, warm.get(), true, listener));
            return opened.minimalCompletionStage();
        }
        try {
            workers.execute(() -> {
                try {
                    complete(opened, new BrowserSession(this, config, openSeat(), false, listener));
                } catch (RuntimeException e) {
                    opened.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            opened.completeExceptionally(new JoinException(Cause.BROWSER, "the joiner is closed", e));
        }
        return opened.minimalCompletionStage();
    }

    private void complete(CompletableFuture<ConferenceSession> opened, BrowserSession session) {
        sessions.add(session);
        if (closed) {
            session.close();
            opened.completeExceptionally(new JoinException(Cause.BROWSER, "the joiner is closed"));
            return;
        }
        session.watch();
        opened.complete(session);
    }

    void ended(BrowserSession session) {
        sessions.remove(session);
    }

    /** For what must not run on a page's own thread. */
    void work(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    @Override
    public int warm() {
        return pool.size();
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
        sessions.forEach(BrowserSession::close);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        sessions.forEach(BrowserSession::close); // one that was just being opened
    }
}
