package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.VideoLimits;

class VideoEncodingTest {

    private static final CaptureSettings SETTINGS = CaptureSettings.defaults();

    @Test
    void modeZeroKeepsSlicesUnderTheMtu() {
        assertThat(of(Streams.h264("42e01f", 0)))
                .contains("slice-max-size=1100")
                .contains("aggregate-mode=none");
    }

    @Test
    void modeOneLeavesSlicesAloneAndSendsParameterSetsBeforeEachKeyFrame() {
        assertThat(of(Streams.h264("42e01f", 1)))
                .doesNotContain("slice-max-size")
                .contains("mtu=1200")
                .contains("config-interval=-1");
    }

    @Test
    void absentPacketizationModeIsModeZeroAndAbsentProfileIsBaseline() {
        assertThat(of(new RtpCodec("h264", 109, 90_000, 1, Map.of())))
                .contains("slice-max-size")
                .contains("profile=baseline")
                .contains("pt=109");
    }

    @Test
    void profilesTurnOnTheirTools() {
        assertThat(of(Streams.h264("4d001f", 1))).contains("profile=main").contains("cabac=true");
        assertThat(of(Streams.h264("640020", 1))).contains("profile=high").contains("dct8x8=true");
    }

    @Test
    void limitsBoundSizeRateAndBitrate() {
        VideoEncoding encoding = new VideoEncoding(Streams.h264("42e01f", 1), SETTINGS, 1280, 720);
        VideoLimits limits = new VideoLimits(640, 480, 15, 500_000);
        assertThat(encoding.description(limits))
                .contains("framerate=15/1")
                .contains("width=640,height=360")
                .contains("bitrate=475 ");
        assertThat(encoding.bitrateValue(Integer.MAX_VALUE)).isEqualTo(1900);
        assertThat(encoding.frameRate(new VideoLimits(640, 480, 0, 500_000))).isEqualTo(1);
    }

    @Test
    void onlyTheNewestFrameWaits() {
        assertThat(of(Streams.vp8())).contains("max-buffers=1 ").contains("leaky-type=downstream");
    }

    @Test
    void unknownCodecIsRefused() {
        assertThatThrownBy(() -> of(new RtpCodec("H265", 96, 90_000, 1, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("H265");
    }

    private static String of(RtpCodec codec) {
        return new VideoEncoding(codec, SETTINGS, 1280, 720).description(Streams.HD);
    }
}
