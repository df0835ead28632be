package org.sipmgw.media;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other on threads of another executor, and holds none while there are no tasks. */
final class SerialExecutor implements Executor {
    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Runnable running;

    SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(() -> {
            try {
                task.run();
            } finally {
                next();
            }
        });
        if (running == null) {
            next();
        }
    }

    private synchronized void next() {
        running = tasks.poll();
        if (running != null) {
            threads.execute(running);
        }
    }

    /** Runs a task after all before it and waits for its end. */
    void await(Runnable task) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(task, this);
        done.exceptionally(failure -> null).join();
    }
}
