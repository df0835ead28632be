package org.sipmgw.sdp;

/** Profiles of H.264 as {@code profile-level-id} names them (RFC 6184 section 8.1, table 5). */
public enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    EXTENDED,
    HIGH,
    /** A profile that no room system needs; never chosen. */
    OTHER;

    private static final int SET0 = 0x80;
    private static final int SET1 = 0x40;

    /** The profile of the first two bytes of {@code profile-level-id}. */
    public static H264Profile of(int profileIdc, int constraints) {
        boolean baseline = (constraints & SET0) != 0;
        boolean main = (constraints & SET1) != 0;
        return switch (profileIdc) {
            case 66 -> main ? CONSTRAINED_BASELINE : BASELINE;
            case 77 -> baseline ? CONSTRAINED_BASELINE : MAIN;
            case 88 -> {
                if (!baseline) {
                    yield EXTENDED;
                }
                yield main ? CONSTRAINED_BASELINE : BASELINE;
            }
            case 100 -> HIGH;
            default -> OTHER;
        };
    }

    /**
     * Whether both are one for a room system: Baseline's own tools (FMO, ASO, redundant slices) are used by none, so
     * that Baseline and Constrained Baseline go together.
     */
    public boolean matches(H264Profile other) {
        return this == other || (isBaseline() && other.isBaseline());
    }

    private boolean isBaseline() {
        return this == BASELINE || this == CONSTRAINED_BASELINE;
    }
}
