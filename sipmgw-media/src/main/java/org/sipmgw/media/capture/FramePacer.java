package org.sipmgw.media.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Gives a thread its frame times. A thread that comes late loses the frames it missed; it never catches up. */
final class FramePacer {

    private long intervalNs;
    private long nextNs;

    FramePacer(int framesPerSecond, long startNs) {
        nextNs = startNs;
        rate(framesPerSecond);
    }

    void rate(int framesPerSecond) {
        intervalNs = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
    }

    long intervalNs() {
        return intervalNs;
    }

    /** Moves on to the next frame time after {@code nowNs}; returns how many were missed. */
    int advance(long nowNs) {
        nextNs += intervalNs;
        if (nextNs > nowNs) {
            return 0;
        }
        long missed = (nowNs - nextNs) / intervalNs + 1;
        nextNs += missed * intervalNs;
        return (int) missed;
    }

    /** Waits for the frame time; returns early when the thread is interrupted. */
    void await() {
        for (long leftNs = nextNs - System.nanoTime(); leftNs > 0; leftNs = nextNs - System.nanoTime()) {
            LockSupport.parkNanos(this, leftNs);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
