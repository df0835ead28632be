package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264FormatTest {

    private static final VideoLimits HD_READY = new VideoLimits(1280, 720, 30, 4_000_000);

    private static H264Format format(String fmtp) {
        return H264Format.of(PayloadFormats.parameters(fmtp)).orElseThrow();
    }

    @Test
    void missingParametersMeanBaselineLevelOneInModeZero() {
        H264Format format = format("");

        assertThat(format.profileLevelId()).isEqualTo("42000a");
        assertThat(format.packetizationMode()).isZero();
        assertThat(format.profile()).isEqualTo(H264Profile.BASELINE);
        assertThat(format.level()).isEqualTo(H264Level.L1);
    }

    @ParameterizedTest
    @CsvSource({
        "42e01f, CONSTRAINED_BASELINE",
        "42c01f, CONSTRAINED_BASELINE",
        "42401f, CONSTRAINED_BASELINE",
        "428020, BASELINE",
        "42001f, BASELINE",
        "4d801f, CONSTRAINED_BASELINE",
        "4d001f, MAIN",
        "4d401f, MAIN",
        "58c01f, CONSTRAINED_BASELINE",
        "58801f, BASELINE",
        "58001f, EXTENDED",
        "640020, HIGH",
        "640c1f, HIGH",
        "6e0020, OTHER",
        "f40020, OTHER",
    })
    void knowsProfiles(String id, H264Profile expected) {
        assertThat(format("profile-level-id=" + id).profile()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "42001f, L3_1",
        "42000a, L1",
        "42000b, L1_1",
        "42100b, L1B",
        "4d100b, L1B",
        "64100b, L1_1",
        "640009, L1B",
        "420020, L3_2",
        "420000, L1",
        "420015, L2_1",
        "420017, L2_2",
        "4200ff, L6_2",
        "428016, L2_2",
    })
    void knowsLevels(String id, H264Level expected) {
        assertThat(format("profile-level-id=" + id).level()).isEqualTo(expected);
    }

    /** Size from the frame size, rate from the macroblock rate, bitrate from level or max-br. */
    @ParameterizedTest
    @CsvSource({
        // Poly, Cisco CE main and slides, Jabber, baresip
        "profile-level-id=428020;max-fs=8192;max-mbps=490000, 1920, 1080, 60, 20000000",
        "profile-level-id=428016;max-br=5000;max-mbps=490000;max-fs=8160;max-fps=6000, 1920, 1080, 60, 5000000",
        "profile-level-id=428014;max-br=5000;max-mbps=245000;max-fs=32400, 1920, 1080, 30, 5000000",
        "profile-level-id=42E01F;max-fs=3601, 1280, 720, 30, 14000000",
        "profile-level-id=42801f, 1280, 720, 30, 14000000",
        // levels alone
        "profile-level-id=42801e, 848, 480, 25, 10000000",
        "profile-level-id=428016, 640, 360, 22, 4000000",
        "profile-level-id=42800d, 384, 216, 35, 768000",
        "profile-level-id=42800a, 160, 90, 24, 64000",
        // 1080p would be 13 frames a second
        "profile-level-id=428016;max-fs=8192;max-mbps=108000, 1280, 720, 30, 4000000",
        "profile-level-id=420010;max-fs=3600;max-mbps=108000;max-br=2048, 1280, 720, 30, 2048000",
    })
    void computesWhatMayBeSent(String fmtp, int width, int height, int frameRate, int bitrateBps) {
        assertThat(format(fmtp).limits()).isEqualTo(new VideoLimits(width, height, frameRate, bitrateBps));
    }

    @Test
    void declaresOwnLevelInTheProfileOfTheOfferWhereLevelsMayDiffer() {
        H264Format declared = format(
                        "profile-level-id=42800d;packetization-mode=1;level-asymmetry-allowed=1;max-fs=8160;sprop-x=1")
                .declaring(HD_READY);

        assertThat(PayloadFormats.text(declared.parameters()))
                .isEqualTo(
                        "profile-level-id=42801f;packetization-mode=1;level-asymmetry-allowed=1;max-fs=3600;max-mbps=108000");
    }

    @Test
    void staysAtALowerOfferedLevelAndExtendsItWhereLevelsMustBeEqual() {
        H264Format declared = format("profile-level-id=42800d").declaring(HD_READY);

        assertThat(PayloadFormats.text(declared.parameters()))
                .isEqualTo("profile-level-id=42800d;packetization-mode=0;max-fs=3600;max-mbps=108000;max-br=4000");
    }

    @Test
    void comesDownFromAHigherOfferedLevel() {
        assertThat(format("profile-level-id=640033").declaring(HD_READY).profileLevelId())
                .isEqualTo("64001f");
    }

    @Test
    void extendsTheHighestLevelItCanToOddLimits() {
        H264Format declared = format("profile-level-id=42e033;level-asymmetry-allowed=1")
                .declaring(new VideoLimits(640, 360, 30, 5_000_000));

        assertThat(declared.level()).isEqualTo(H264Level.L2_1);
        assertThat(declared.maxFs()).hasValue(920);
        assertThat(declared.maxMbps()).hasValue(27_600);
        assertThat(declared.maxBr()).hasValue(5000);
    }

    /** What we declare is read by the other side as at least our limits. */
    @ParameterizedTest
    @ValueSource(strings = {"42800d", "42e01f", "42100b", "4d0033", "64001f", "640009"})
    void declaresNoLessThanTheLimits(String id) {
        VideoLimits read = format("profile-level-id=" + id).declaring(HD_READY).limits();

        assertThat(read.maxWidth()).isEqualTo(1280);
        assertThat(read.maxHeight()).isEqualTo(720);
        assertThat(read.maxFrameRate()).isEqualTo(30);
        assertThat(read.maxBitrateBps()).isGreaterThanOrEqualTo(4_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile-level-id=42e0",
                "profile-level-id=xyz123",
                "profile-level-id=",
                "packetization-mode=3",
                "packetization-mode=-1",
                "packetization-mode=",
                "packetization-mode=one",
            })
    void cannotUseMalformedParameters(String fmtp) {
        assertThat(H264Format.of(PayloadFormats.parameters(fmtp))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-fs=0", "max-fs=-5", "max-fs=99999999999", "max-fs=x"})
    void leavesNonsenseBoundsAside(String fmtp) {
        assertThat(format("profile-level-id=42e01f;" + fmtp).limits().maxWidth())
                .isEqualTo(1280);
    }

    @Test
    void readsBackWhatItPrints() {
        H264Format format =
                format("profile-level-id=42e01f;packetization-mode=1;max-fs=8160;max-mbps=244800;max-br=6000");

        assertThat(H264Format.of(format.parameters())).contains(format);
        assertThat(H264Format.of(Map.of("profile-level-id", "42E01F"))).isNotEmpty();
    }
}
