package org.sipmgw.media;

import java.util.Random;

/** When RTCP reports are due: about once a second, spread at random so that they do not fall together (RFC 3550 6.2). */
final class ReportSchedule {
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final Random random;
    private long nextNs;
    private boolean started;

    ReportSchedule(Random random) {
        this.random = random;
    }

    /** Whether reports are due; then the next time is set. */
    boolean due(long nowNs) {
        if (started && nowNs - nextNs < 0) {
            return false;
        }
        started = true;
        nextNs = nowNs + INTERVAL_NS / 2 + (long) (random.nextDouble() * INTERVAL_NS);
        return true;
    }
}
