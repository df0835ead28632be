package org.sipmgw;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what may block: closing sessions. Bounded; more work waits. */
final class BlockingWork implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BlockingWork.class.getName());
    private static final int THREADS = 16;
    private final ThreadPoolExecutor threads;

    BlockingWork() {
        threads = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread made = new Thread(task, "sipmgw-closing");
            made.setDaemon(true);
            return made;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs the task; completes normally afterwards even when the task failed, which is logged. */
    CompletableFuture<Void> run(String what, Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | AssertionError problem) {
                    LOG.log(System.Logger.Level.WARNING, what + " failed", problem);
                } finally {
                    done.complete(null);
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.WARNING, what + ": too late, the gateway is closed");
            done.complete(null);
        }
        return done;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "something does not close: its thread is left");
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
