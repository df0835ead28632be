package org.sipmgw.media.capture;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread with a loop that ends when it is told to; whatever the loop throws is a fault of its capture. */
final class CaptureThread {

    /** The work; asks {@code running} at least five times a second. */
    interface Loop {
        void run(CaptureThread self);
    }

    private final Thread thread;
    private volatile boolean running = true;

    CaptureThread(String name, Loop loop, Consumer<String> onFault) {
        thread = new Thread(() -> guarded(name, loop, onFault), name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean running() {
        return running;
    }

    void end() {
        running = false;
        thread.interrupt();
    }

    /** Waits for the end; false when the thread does not come to it. */
    boolean join(long timeoutMs) {
        boolean interrupted = false;
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (thread.isAlive() && System.nanoTime() < deadlineNs) {
            try {
                thread.join(timeoutMs);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void guarded(String name, Loop loop, Consumer<String> onFault) {
        try {
            loop.run(this);
        } catch (RuntimeException e) {
            if (running) {
                onFault.accept(name + ": " + e);
            }
        }
    }
}
