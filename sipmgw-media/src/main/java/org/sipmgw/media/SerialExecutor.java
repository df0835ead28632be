package org.sipmgw.media;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks one after the other on threads of another executor, and holds none while there are no tasks. Once the other
 * executor is shut down, they run on the thread that brings them.
 */
final class SerialExecutor implements Executor {
    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            tasks.add(() -> {
                try {
                    task.run();
                } finally {
                    next();
                }
            });
            if (running) {
                return;
            }
            running = true;
        }
        next();
    }

    private void next() {
        Runnable task;
        synchronized (this) {
            task = tasks.poll();
            running = task != null;
        }
        if (task == null) {
            return;
        }
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            // dropped, it would leave what it closes open, and whoever awaits it waiting
            task.run();
        }
    }

    /** Runs a task after all before it and waits for its end. */
    void await(Runnable task) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(task, this);
        done.exceptionally(failure -> null).join();
    }
}
