package org.sipmgw.media;

/** Notices packets of a picture that stay missing where none can be asked for again: a key frame must heal that. */
final class LossWatch {
    private static final long REORDERING_NS = 80_000_000L;

    private long settled;
    private long seen;
    private long sinceNs;

    /** Whether packets have stayed missing; once for each of them. */
    boolean stayedMissing(long lost, long nowNs) {
        if (lost > seen) {
            if (seen == settled) {
                sinceNs = nowNs;
            }
            seen = lost;
        }
        if (lost <= settled || lost < seen) {
            seen = Math.max(lost, settled);
        }
        if (seen > settled && nowNs - sinceNs >= REORDERING_NS) {
            settled = seen;
            return true;
        }
        return false;
    }
}
