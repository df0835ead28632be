package org.sipmgw.media.gst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.spi.DeviceException;

@Tag("media")
class LadderIT {

    /** Prints which decoder of H.265 there is, or why none: run with other plugins than this JVM's. */
    public static final class Choice {
        public static void main(String[] arguments) {
            try {
                System.out.println(Ladder.decoders("H265").best().elementName());
            } catch (DeviceException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"H264,H264DEC", "H264,OPENH264DEC", "H265,H265DEC", "H265,LIBDE265DEC", "VP8,VP8DEC", "PICTURE,X264ENC"
    })
    void whatWorksPassesTheTestFrame(FrameProof proof, GstElement element) {
        assertThat(proof.holds(GstRuntime.load(), element)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"H264,QUEUE", "H264,H265DEC", "H265,H264PARSE", "VP8,OPUSDEC", "PICTURE,OPUSENC", "H264,VAH264DEC"})
    void whatIsThereAndDoesNotWorkFailsTheTestFrame(FrameProof proof, GstElement element) {
        assertThat(proof.holds(GstRuntime.load(), element)).isFalse();
    }

    @Test
    void withoutHardwareTheSoftwareIsTaken() {
        assertThat(Ladder.decoders("h264").best()).isIn(GstElement.H264DEC, GstElement.VAH264DEC, GstElement.NVH264DEC);
        Ladder broken =
                new Ladder("decodes", List.of(GstElement.V4L2VP8DEC, GstElement.VP8DEC), Optional.of(FrameProof.H264));
        assertThat(broken.best()).isEqualTo(GstElement.VP8DEC);
    }

    @Test
    void aMissingPluginIsNamedWithItsPackage(@TempDir Path plugins) throws Exception {
        link(plugins, name -> !name.contains("libav") && !name.contains("de265"));
        assertThat(choice(plugins))
                .isEqualTo("GStreamer: find: nothing decodes H.265: the element avdec_h265 (gstreamer1.0-libav) or "
                        + "libde265dec (gstreamer1.0-plugins-bad) is missing; install the Debian package "
                        + "gstreamer1.0-libav");
        assertThatThrownBy(() -> Ladder.decoders("G7221").best())
                .hasMessageContaining("no plugin of GStreamer decodes");
    }

    @Test
    void theNextRungIsTakenWhenTheFirstIsMissing(@TempDir Path plugins) throws Exception {
        link(plugins, name -> !name.contains("libav"));
        assertThat(choice(plugins)).isEqualTo("libde265dec");
    }

    private static void link(Path plugins, java.util.function.Predicate<String> wanted) throws IOException {
        Path installed = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64")
                .map(directory -> Path.of(directory, "gstreamer-1.0"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();
        for (String name :
                List.of("libgstlibav.so", "libgstde265.so", "libgstcoreelements.so", "libgstvideoparsersbad.so")) {
            if (wanted.test(name)) {
                Files.createSymbolicLink(plugins.resolve(name), installed.resolve(name));
            }
        }
    }

    private static String choice(Path plugins) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Choice.class.getName());
        builder.environment().put("GST_PLUGIN_SYSTEM_PATH_1_0", plugins.toString());
        builder.environment()
                .put("GST_REGISTRY_1_0", plugins.resolve("registry.bin").toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }
}
