package org.sipmgw.media.capture;

import java.util.concurrent.TimeUnit;

/**
 * Which grabbed frames are encoded: those that differ from the one before, one a second in any case, and at once when a
 * key frame is wanted. For one thread.
 */
final class RepeatRule {

    static final long REPEAT_NS = TimeUnit.SECONDS.toNanos(1);

    private boolean first = true;
    private long lastNs;

    boolean passes(boolean sameAsBefore, boolean keyFrame, long nowNs) {
        if (sameAsBefore && !keyFrame && !first && nowNs - lastNs < REPEAT_NS) {
            return false;
        }
        first = false;
        lastNs = nowNs;
        return true;
    }
}
