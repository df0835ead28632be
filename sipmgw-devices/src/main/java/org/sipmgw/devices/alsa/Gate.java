package org.sipmgw.devices.alsa;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one thread at a time use something and closes it once, never under a call: who closes while a call is in progress
 * waits for its end, and calls are short or look at {@link #closing()}.
 */
final class Gate {
    private static final int FREE = 0;
    private static final int USED = 1;
    private static final int CLOSED = 2;
    private static final long PAUSE_NS = 200_000;

    private final AtomicInteger state = new AtomicInteger(FREE);
    private volatile boolean closing;

    /** Whether the caller may use it now; then {@link #exit} must follow. Waits for another thread's call. */
    boolean enter() {
        while (!closing) {
            if (state.compareAndSet(FREE, USED)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return false;
    }

    void exit() {
        state.set(FREE);
    }

    boolean closing() {
        return closing;
    }

    /** Runs {@code last} on the first call of all; returns when it has run, whoever runs it. */
    void close(Runnable last) {
        closing = true;
        while (!state.compareAndSet(FREE, USED)) {
            if (state.get() == CLOSED) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        try {
            last.run();
        } finally {
            state.set(CLOSED);
        }
    }
}
