package org.sipmgw.devices.alsa;

import org.sipmgw.devices.kernel.DeviceFile;

/**
 * A card that is one call's alone, as far as gateways are concerned: a lock (flock) on its control node, which the kernel
 * gives up when this process ends in whatever way. No lock files. Thread-safe.
 */
public final class CardLease implements AutoCloseable {
    private final SoundCard card;
    private final DeviceFile locked;

    CardLease(SoundCard card, DeviceFile locked) {
        this.card = card;
        this.locked = locked;
    }

    /** What was taken. */
    public SoundCard card() {
        return card;
    }

    /** Gives it back. Idempotent. */
    @Override
    public void close() {
        locked.close();
    }
}
