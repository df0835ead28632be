package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every key that baresip's config has is obeyed, named with what to use instead, or named as one without counterpart. */
@Tag("registrar")
class BaresipConfigTest {
    @TempDir
    private Path directory;

    private Map<String, Object> under(List<String> warnings, String... lines) throws IOException {
        Path file = Files.writeString(directory.resolve("config"), String.join("\n", lines) + "\n");
        return BaresipKeys.under(Map.of(), file, warnings);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "baresip-config.csv")
    void isObeyedOrNamed(String key, String value, String how) throws IOException {
        List<String> warnings = new ArrayList<>();

        Map<String, Object> merged = under(warnings, key + "\t" + value);

        if (how.equals("obeyed")) {
            assertThat(warnings).isEmpty();
            assertThat(merged).isNotEmpty();
            return;
        }
        assertThat(merged).isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("baresip's " + key + ": ");
        assertThat(warnings.get(0).endsWith("has no counterpart; leave it out")).isEqualTo(how.equals("meaningless"));
        assertThat(warnings.get(0)).doesNotContain("not known");
    }

    @Test
    void whatItDoesNotKnowIsSaidToBeUnknown() throws IOException {
        List<String> warnings = new ArrayList<>();
        under(warnings, "rtp_wibble yes");
        assertThat(warnings).containsExactly("baresip's rtp_wibble: is not known; see docs/configuration.md");
    }

    @Test
    void trafficClassesReachTheConfiguration() throws IOException {
        Path file = Files.writeString(directory.resolve("config"), "sip_tos 160\nrtp_tos 184\n");
        LauncherConfig config = LauncherConfig.parse("""
                baresipConfig: %s
                sip: {listen: 'udp:127.0.0.1:0'}
                conference: {page: 'https://meet.example.org/{room}', allowedHosts: [meet.example.org]}
                """.formatted(file));
        assertThat(config.gateway().trafficClass()).isEqualTo(160);
        assertThat(List.of(config.audioTos(), config.videoTos()))
                .as("older versions have one for both")
                .containsExactly(184, 184);
    }
}
