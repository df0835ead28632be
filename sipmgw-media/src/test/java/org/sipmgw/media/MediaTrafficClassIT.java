package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaSession;

/** The traffic class of media sockets, as the kernel tells it. */
@Tag("media")
class MediaTrafficClassIT {

    @ParameterizedTest
    @CsvSource({"127.0.0.1,tos", "::1,tclass"})
    void soundAndPicturesEachHaveTheirOwn(String address, String option) throws Exception {
        try (BridgedMediaEngine engine =
                        BridgedMediaEngine.builder().trafficClasses(184, 136).build(new FakeCapture());
                MediaSession session = engine.open(InetAddress.getByName(address), new MediaListener() {})) {
            LocalMedia media = session.localMedia();
            assertThat(seen(media.audioRtpPort())).contains(" " + option + ":0xb8 ");
            assertThat(seen(media.audioRtpPort() + 1)).as("RTCP").contains(" " + option + ":0xb8 ");
            assertThat(seen(media.videoRtpPort())).contains(" " + option + ":0x88 ");
        }
    }

    @Test
    void isThatOfTheSystemWhereNothingIsSaid() throws Exception {
        try (BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture());
                MediaSession session = engine.open(InetAddress.getLoopbackAddress(), new MediaListener() {})) {
            assertThat(seen(session.localMedia().audioRtpPort())).contains("tos:0 ");
        }
    }

    @Test
    void isAByte() {
        BridgedMediaEngine.Builder builder = BridgedMediaEngine.builder().trafficClasses(0, 256);
        assertThatThrownBy(() -> builder.build(new FakeCapture()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("256");
    }

    /** What iproute2 says of the UDP socket at a port. */
    private static String seen(int port) throws IOException {
        Process ss = new ProcessBuilder("ss", "-uanH", "--tos", "sport", "=", ":" + port)
                .redirectErrorStream(true)
                .start();
        String said = new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(said).as("the socket at port " + port).contains(":" + port);
        return said + " ";
    }
}
