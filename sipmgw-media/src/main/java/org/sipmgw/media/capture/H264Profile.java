package org.sipmgw.media.capture;

/** The H.264 profiles that are encoded, read from {@code profile-level-id} (RFC 6184 section 8.1). */
enum H264Profile {
    CONSTRAINED_BASELINE("constrained-baseline", ""),
    BASELINE("baseline", ""),
    /** The encoder's fast presets leave these tools off, and the stream would then say Baseline. */
    MAIN("main", " cabac=true"),
    HIGH("high", " cabac=true dct8x8=true");

    /** What the absence of profile-level-id means: Baseline, level 1. */
    static final String DEFAULT_PROFILE_LEVEL_ID = "42000a";

    private static final int CONSTRAINT_SET1 = 0x40;

    private final String caps;
    private final String tools;

    H264Profile(String caps, String tools) {
        this.caps = caps;
        this.tools = tools;
    }

    /** As GStreamer's caps name it. */
    String caps() {
        return caps;
    }

    /** Properties of the encoder that make it. */
    String tools() {
        return tools;
    }

    /** Of a {@code profile-level-id}; what is unknown or garbled gets what every decoder takes. */
    static H264Profile of(String profileLevelId) {
        if (!profileLevelId.matches("\\p{XDigit}{6}")) {
            return CONSTRAINED_BASELINE;
        }
        int profile = Integer.parseInt(profileLevelId.substring(0, 2), 16);
        int constraints = Integer.parseInt(profileLevelId.substring(2, 4), 16);
        return switch (profile) {
            case 0x42 -> (constraints & CONSTRAINT_SET1) != 0 ? CONSTRAINED_BASELINE : BASELINE;
            // Main and Extended with constraint_set0 or 1 are Baseline's common subset (RFC 6184 table 5)
            case 0x4d -> (constraints & 0x80) != 0 ? CONSTRAINED_BASELINE : MAIN;
            case 0x64 -> HIGH;
            default -> CONSTRAINED_BASELINE;
        };
    }
}
