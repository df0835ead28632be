package org.sipmgw.devices.alsa;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A card that is one call's alone, as far as gateways are concerned: a lock (flock) on its control node, which the kernel
 * gives up when this process ends in whatever way. No lock files. Thread-safe.
 */
public final class CardLease implements AutoCloseable {
    private final KernelCalls kernel;
    private final SoundCard card;
    private final int fd;
    private final AtomicBoolean open = new AtomicBoolean(true);

    CardLease(KernelCalls kernel, SoundCard card, int fd) {
        this.kernel = kernel;
        this.card = card;
        this.fd = fd;
    }

    /** What was taken. */
    public SoundCard card() {
        return card;
    }

    /** Gives it back. Idempotent. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            kernel.close(fd);
        }
    }
}
