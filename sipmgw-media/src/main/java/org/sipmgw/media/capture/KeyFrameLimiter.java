package org.sipmgw.media.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * At most one key frame per second on request: a request within that second is honoured at its end, many as one.
 * {@link #request()} may come from any thread, the rest belongs to the stream's.
 */
final class KeyFrameLimiter {

    static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicBoolean requested = new AtomicBoolean();
    private long lastNs;

    /**
     * @param startNs when the stream starts, with a key frame of its own
     */
    KeyFrameLimiter(long startNs) {
        lastNs = startNs;
    }

    void request() {
        requested.set(true);
    }

    /** Whether a key frame must be made now; the request is then taken as honoured. */
    boolean due(long nowNs) {
        if (!requested.get() || nowNs - lastNs < INTERVAL_NS) {
            return false;
        }
        requested.set(false);
        lastNs = nowNs;
        return true;
    }
}
