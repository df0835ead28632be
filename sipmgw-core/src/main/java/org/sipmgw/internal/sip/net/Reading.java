package org.sipmgw.internal.sip.net;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Who reads from a connection: the stack forgets some of those that it has opened itself. Thread-safe. */
public final class Reading {
    /** Longer than it takes to make a connection, and to make it secure. */
    private static final long FORGOTTEN_AFTER_NS = 10_000_000_000L;

    private final AtomicInteger readers = new AtomicInteger();
    private final long madeNs = System.nanoTime();
    private volatile boolean begun;

    /** What the stack is to read instead: without carriage returns that would end its thread. */
    public InputStream of(InputStream raw) {
        begun = true;
        return new SingleReturns(raw, readers);
    }

    /** Whether somebody waits for what comes, and so would notice the other side's end. */
    public boolean isRead() {
        return readers.get() > 0;
    }

    /** Whether its connection was made after the other's. */
    public boolean isYoungerThan(Reading other) {
        return madeNs - other.madeNs > 0;
    }

    /** Whether nobody has begun to read for ten seconds: the connection was opened for an answer alone. */
    public boolean isForgotten() {
        return !begun && System.nanoTime() - madeNs > FORGOTTEN_AFTER_NS;
    }
}
