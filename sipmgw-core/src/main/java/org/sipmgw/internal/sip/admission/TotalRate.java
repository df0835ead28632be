package org.sipmgw.internal.sip.admission;

import org.sipmgw.admission.RateLimit;

/** One bucket for everybody. Thread-safe. */
public final class TotalRate {
    private final TokenBucket bucket;

    /** Full at the start. */
    public TotalRate(RateLimit limit, long nowNs) {
        bucket = new TokenBucket(limit, nowNs);
    }

    /** Whether it may happen, once more. */
    public synchronized boolean take(long nowNs) {
        return bucket.take(nowNs);
    }
}
