package org.sipmgw.devices.alsa;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits a moment, or less; an interrupt stays set for the caller. */
final class Pause {
    private Pause() {}

    static void ms(int ms) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    }
}
