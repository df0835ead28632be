package org.sipmgw.media;

/** Notices packets of a picture that stay missing, so that a key frame must heal what a resent packet has not. */
final class LossWatch {
    private static final long REORDERING_NS = 80_000_000L;
    private static final long RESENDING_NS = 300_000_000L;

    private long settled;
    private long seen;
    private long sinceNs;

    /** Whether packets have stayed missing; once for each of them. */
    boolean stayedMissing(long lost, boolean resent, long nowNs) {
        if (lost > seen) {
            if (seen == settled) {
                sinceNs = nowNs;
            }
            seen = lost;
        }
        if (lost <= settled || lost < seen) {
            seen = Math.max(lost, settled);
        }
        if (seen > settled && nowNs - sinceNs >= (resent ? RESENDING_NS : REORDERING_NS)) {
            settled = seen;
            return true;
        }
        return false;
    }
}
