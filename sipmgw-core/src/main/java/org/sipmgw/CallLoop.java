package org.sipmgw;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that a call lives on, shared with other calls. State of a call is touched only there: no locks. */
final class CallLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CallLoop.class.getName());
    private final ScheduledThreadPoolExecutor thread;

    CallLoop(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Runs the task on the loop, after those posted before; not at all when the loop is closed.
     *
     * @return whether the loop is open
     */
    boolean post(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
            return true;
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "posted to a closed loop");
            return false;
        }
    }

    /** Runs the task on the loop after a time. Cancel what comes back when it is not wanted any more. */
    ScheduledFuture<?> after(Duration delay, Runnable task) {
        return thread.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError problem) {
            LOG.log(System.Logger.Level.ERROR, "task of a call failed", problem);
        }
    }

    /** Ends the thread after the task that runs now; waits for it. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
