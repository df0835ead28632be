package org.sipmgw.browser;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** A display, a speaker and a browser that belong together, showing the waiting page, with the one thread that drives it. */
final class Seat implements WarmPool.Standby {
    private static final System.Logger LOG = System.getLogger(Seat.class.getName());
    private static final long HEALTH_TIMEOUT_MS = 3000;
    private static final long THREAD_END_MS = 500;

    private final Surroundings surroundings;
    private final DriverProcess process;
    private final long healthTimeoutMs;
    private final Chromium chromium;
    private final Bridge bridge;
    private final ScheduledThreadPoolExecutor thread;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();

    private volatile BiConsumer<String, String> navigation = (tab, address) -> {};

    private Seat(Parts parts, ScheduledThreadPoolExecutor thread, Chromium chromium) {
        this.surroundings = parts.surroundings;
        this.process = parts.process;
        this.healthTimeoutMs = parts.healthTimeoutMs;
        this.thread = thread;
        this.chromium = chromium;
        this.bridge = surroundings
                .devices()
                .map(devices -> Bridge.install(chromium, this::execute, devices))
                .orElseGet(() -> Bridge.install(chromium, this::execute));
        DisplayPort display = surroundings.display();
        chromium.onNavigation((tab, address) -> execute(() -> navigation.accept(tab, address)));
        display.ended().thenRun(() -> ended.complete("display " + display.name() + " ended"));
        surroundings.speaker().ended().thenRun(() -> ended.complete("sound ended"));
        process.onExit().thenAccept(code -> ended.complete("browser's driver ended with " + code));
    }

    /**
     * Starts everything; takes a second or two.
     *
     * @throws DeviceException when a part does not start; then nothing is left
     */
    static Seat open(BrowserConfig config, AtomicInteger serial) {
        Surroundings surroundings = Surroundings.open(config);
        try {
            return open(config, serial, surroundings);
        } catch (RuntimeException e) {
            surroundings.close();
            throw e;
        }
    }

    private static Seat open(BrowserConfig config, AtomicInteger serial, Surroundings surroundings) {
        DriverProcess process = DriverProcess.start(config, surroundings.environment());
        ScheduledThreadPoolExecutor thread = pageThread(serial.incrementAndGet());
        Chromium chromium = null;
        try {
            chromium = Chromium.start(
                    process.address(),
                    ChromiumFlags.options(config, process.home().resolve("profile")),
                    config.size(),
                    config.patience());
            Seat seat =
                    new Seat(new Parts(surroundings, process, HEALTH_TIMEOUT_MS * config.patience()), thread, chromium);
            chromium.navigate(Resources.waitingPage());
            seat.remember();
            return seat;
        } catch (RuntimeException e) {
            thread.shutdownNow();
            process.close();
            if (chromium != null) {
                chromium.forget();
            }
            throw new DeviceException("browser", "start", String.valueOf(e.getMessage()), e);
        }
    }

    private record Parts(Surroundings surroundings, DriverProcess process, long healthTimeoutMs) {}

    private static ScheduledThreadPoolExecutor pageThread(int number) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "sipmgw-page-" + number);
            made.setDaemon(true);
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    DisplayPort display() {
        return surroundings.display();
    }

    SpeakerPort speaker() {
        return surroundings.speaker();
    }

    Optional<PageDevices> devices() {
        return surroundings.devices();
    }

    long pid() {
        return process.pid();
    }

    Chromium chromium() {
        return chromium;
    }

    Bridge bridge() {
        return bridge;
    }

    /** Whom to tell, on the page's thread, of every navigation that begins: tab or frame, address. */
    void onNavigation(BiConsumer<String, String> listener) {
        navigation = listener;
    }

    /** Takes down which processes belong to it now, see {@link DriverProcess#remember}. */
    void remember() {
        process.remember();
    }

    /** Runs on the page's thread; does nothing once closed. */
    void execute(Runnable task) {
        schedule(task, 0);
    }

    /** As above, later. */
    void schedule(Runnable task, long delayMs) {
        try {
            ScheduledFuture<?> unused = thread.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closed: whoever waits for the outcome is told by the close
        }
    }

    /** A fault of our own ends this seat, and is not lost in an executor. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A fault while driving the page", e);
            ended.complete("fault while driving the page: " + e);
        }
    }

    /** What has died, when something has. */
    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    /** Whether the page still answers. Waits up to 3 s; not on the page's thread. */
    @Override
    public boolean healthy() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        execute(() -> {
            try {
                chromium.run("return true");
                answer.complete(!ended.isDone());
            } catch (PageException | BrowserLostException e) {
                answer.complete(false);
            }
        });
        try {
            return answer.get(healthTimeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Ends everything and waits for that; a second caller waits for the first. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            closing.join();
            return;
        }
        try (surroundings) {
            try {
                thread.shutdown();
                process.close(); // whatever the page's thread waits for fails now
            } finally {
                awaitThread();
                chromium.forget();
            }
        } finally {
            closing.complete(null);
        }
    }

    private void awaitThread() {
        try {
            if (!thread.awaitTermination(THREAD_END_MS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
