package org.sipmgw.internal.sip.admission;

import org.sipmgw.admission.RateLimit;

/** Bounds how often something happens. Not thread-safe. */
final class TokenBucket {
    private static final double NS_PER_SECOND = 1e9;
    private final double perNs;
    private final double burst;
    private double tokens;
    private long filledNs;

    TokenBucket(RateLimit limit, long nowNs) {
        perNs = limit.perSecond() / NS_PER_SECOND;
        burst = limit.burst();
        tokens = burst;
        filledNs = nowNs;
    }

    /** Whether it may happen now; if so it has. */
    boolean take(long nowNs) {
        fill(nowNs);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void fill(long nowNs) {
        long passedNs = nowNs - filledNs;
        if (passedNs > 0) {
            tokens = Math.min(burst, tokens + passedNs * perNs);
            filledNs = nowNs;
        }
    }
}
