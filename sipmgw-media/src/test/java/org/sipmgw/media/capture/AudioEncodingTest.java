package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.sdp.RtpCodec;

class AudioEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "opus,20,20,960",
        "opus,30,20,960",
        "opus,120,60,2880",
        "opus,1,5,240",
        "G722,20,20,160",
        "PCMU,30,30,240",
        "PCMA,10,10,80"
    })
    void packetTimeIsWhatWasAskedForOrTheLongestTheCodecHas(String name, int askedMs, int packetTimeMs, int ticks) {
        AudioEncoding encoding = new AudioEncoding(Streams.sound(Streams.audio(name), askedMs));
        assertThat(encoding.packetTimeMs()).isEqualTo(packetTimeMs);
        assertThat(encoding.packetTicks()).isEqualTo(ticks);
    }

    @Test
    void opusFollowsTheReceiversParameters() {
        assertThat(opus(Map.of()))
                .contains("channels=1")
                .contains("bitrate=48000")
                .doesNotContain("inband-fec");
        assertThat(opus(Map.of("stereo", "1", "useinbandfec", "1", "maxaveragebitrate", "20000")))
                .contains("channels=2")
                .contains("inband-fec=true")
                .contains("bitrate=20000");
        assertThat(opus(Map.of("maxaveragebitrate", "many"))).contains("bitrate=48000");
    }

    /** With five per cent or less libopus takes a mode that has no redundancy, whatever it is told beside. */
    @Test
    void anyLossThatIsReportedSwitchesTheRedundancyOnAndItsEndOff() {
        AudioEncoding encoding =
                new AudioEncoding(Streams.sound(new RtpCodec("opus", 111, 48_000, 2, Map.of("useinbandfec", "1")), 20));
        assertThat(encoding.lossPercent(0)).isEqualTo(5);
        assertThat(encoding.lossPercent(2)).isEqualTo(10);
        assertThat(encoding.lossPercent(4)).isEqualTo(10);
        assertThat(encoding.lossPercent(20)).isEqualTo(20);
        assertThat(encoding.lossPercent(90)).isEqualTo(30);
    }

    @Test
    void unknownCodecIsRefused() {
        RtpCodec codec = new RtpCodec("G729", 18, 8_000, 1, Map.of());
        assertThatThrownBy(() -> new AudioEncoding(Streams.sound(codec, 20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("G729");
    }

    private static String opus(Map<String, String> parameters) {
        return new AudioEncoding(Streams.sound(new RtpCodec("opus", 111, 48_000, 2, parameters), 20)).description();
    }
}
