package org.sipmgw.sdp;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The format parameters of H.264 (RFC 6184 section 8.1), those that bound what may be sent. {@code sprop-*} and others
 * are not part of it: they describe one side's own stream.
 *
 * @param profileIdc first byte of {@code profile-level-id}
 * @param constraints second byte of {@code profile-level-id}
 * @param levelIdc third byte of {@code profile-level-id}
 * @param packetizationMode 0 single NAL units, 1 with STAP-A and FU-A, 2 interleaved
 * @param levelAsymmetryAllowed whether both directions may differ in level
 * @param maxFs macroblocks per frame, extends the level
 * @param maxMbps macroblocks per second, extends the level
 * @param maxBr kilobits per second, extends the level
 */
public record H264Format(
        int profileIdc,
        int constraints,
        int levelIdc,
        int packetizationMode,
        boolean levelAsymmetryAllowed,
        OptionalInt maxFs,
        OptionalInt maxMbps,
        OptionalInt maxBr) {

    /** What a missing {@code profile-level-id} means: Baseline, level 1 (RFC 6184 section 8.1). */
    private static final String DEFAULT_PROFILE_LEVEL_ID = "42000a";

    private static final int CONSTRAINT_SET3 = 0x10;
    private static final int MAX_PARAMETER = 100_000_000;

    /** Reads {@code parameters}; empty when a value is malformed, so that the format cannot be used. */
    public static Optional<H264Format> of(Map<String, String> parameters) {
        String id = parameters.getOrDefault("profile-level-id", DEFAULT_PROFILE_LEVEL_ID);
        OptionalInt mode = PayloadFormats.number(parameters.getOrDefault("packetization-mode", "0"), 2);
        if (!isSixHexDigits(id) || mode.isEmpty()) {
            return Optional.empty();
        }
        int bits = HexFormat.fromHexDigits(id);
        return Optional.of(new H264Format(
                bits >> 16,
                bits >> 8 & 0xff,
                bits & 0xff,
                mode.getAsInt(),
                parameters.getOrDefault("level-asymmetry-allowed", "0").equals("1"),
                positive(parameters, "max-fs"),
                positive(parameters, "max-mbps"),
                positive(parameters, "max-br")));
    }

    private static boolean isSixHexDigits(String id) {
        return id.length() == 6 && id.chars().allMatch(HexFormat::isHexDigit);
    }

    private static OptionalInt positive(Map<String, String> parameters, String key) {
        OptionalInt value = PayloadFormats.number(parameters.getOrDefault(key, ""), MAX_PARAMETER);
        return value.isPresent() && value.getAsInt() > 0 ? value : OptionalInt.empty();
    }

    /** The profile. */
    public H264Profile profile() {
        return H264Profile.of(profileIdc, constraints);
    }

    /** The level; level 1b as Baseline, Main and Extended write it included. */
    public H264Level level() {
        boolean oneB = levelIdc == 11 && profileIdc != 100 && (constraints & CONSTRAINT_SET3) != 0;
        return oneB ? H264Level.L1B : H264Level.of(levelIdc);
    }

    /**
     * What the side that stated this can receive, without regard to {@code b=}: size from the frame size, frame rate
     * from the macroblock rate, bitrate from the level or {@code max-br}. Stated parameters count before the level.
     */
    public VideoLimits limits() {
        H264Level level = level();
        return PictureSize.limits(
                maxFs.orElse(level.maxFs()), maxMbps.orElse(level.maxMbps()), maxBr.orElse(level.maxBr()) * 1000L);
    }

    /**
     * The format by which we state our own {@code limits} in the profile and packetization mode of this one. The level is
     * the highest within the limits; where the levels must be equal (no asymmetry allowed) never above this one's,
     * which {@code max-fs} and {@code max-mbps} then extend.
     */
    public H264Format declaring(VideoLimits limits) {
        int fs = PictureSize.macroblocks(limits.maxWidth(), limits.maxHeight());
        int mbps = (int) Math.min((long) fs * limits.maxFrameRate(), MAX_PARAMETER);
        H264Level own = H264Level.within(fs, mbps);
        boolean downgrade = !levelAsymmetryAllowed && own.compareTo(level()) > 0;
        H264Level stated = downgrade ? level() : own;
        int kbps = limits.maxBitrateBps() / 1000;
        return new H264Format(
                profileIdc,
                downgrade ? constraints : constraints & ~(profileIdc == 100 ? 0 : CONSTRAINT_SET3),
                downgrade ? levelIdc : own.idc(),
                packetizationMode,
                levelAsymmetryAllowed,
                OptionalInt.of(Math.max(fs, stated.maxFs())),
                OptionalInt.of(Math.max(mbps, stated.maxMbps())),
                kbps > stated.maxBr() ? OptionalInt.of(kbps) : OptionalInt.empty());
    }

    /** The same with asymmetry of levels allowed. */
    public H264Format withLevelAsymmetry() {
        return new H264Format(profileIdc, constraints, levelIdc, packetizationMode, true, maxFs, maxMbps, maxBr);
    }

    /** {@code profile-level-id} in six hexadecimal digits. */
    public String profileLevelId() {
        return HexFormat.of().toHexDigits(profileIdc << 16 | constraints << 8 | levelIdc, 6);
    }

    /** The parameters of a fmtp line. Mode 0 is stated too. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("profile-level-id", profileLevelId());
        parameters.put("packetization-mode", Integer.toString(packetizationMode));
        if (levelAsymmetryAllowed) {
            parameters.put("level-asymmetry-allowed", "1");
        }
        maxFs.ifPresent(value -> parameters.put("max-fs", Integer.toString(value)));
        maxMbps.ifPresent(value -> parameters.put("max-mbps", Integer.toString(value)));
        maxBr.ifPresent(value -> parameters.put("max-br", Integer.toString(value)));
        return Collections.unmodifiableMap(parameters);
    }
}
