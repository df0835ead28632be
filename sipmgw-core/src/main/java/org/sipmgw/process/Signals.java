package org.sipmgw.process;

import java.util.concurrent.locks.LockSupport;

/** Signals without native code. */
final class Signals {

    private Signals() {}

    /** Sends SIGTERM, or SIGKILL when {@code force}, to this very process and to no later one of the same number. */
    static void send(ProcessId id, boolean force) {
        // the handle keeps the start time it saw and compares again when it sends
        ProcessHandle.of(id.pid()).filter(handle -> id.alive()).ifPresent(handle -> {
            if (force) {
                handle.destroyForcibly();
            } else {
                handle.destroy();
            }
        });
    }

    /** Waits even when interrupted: an end that was begun is finished. The interrupt stays set. */
    static void pause(long ms) {
        boolean interrupted = Thread.interrupted();
        long untilNs = System.nanoTime() + ms * 1_000_000;
        for (long leftNs = ms * 1_000_000; leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
