package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChromiumFlagsTest {
    private static final BrowserConfig.Size SIZE = new BrowserConfig.Size(1280, 720);

    private static List<String> flags(boolean onlyLoopback) {
        return ChromiumFlags.arguments(SIZE, Path.of("/run/profile"), onlyLoopback);
    }

    @Test
    void keepsTheSandboxAndTheWebsOwnSecurity() {
        assertThat(flags(true))
                .noneMatch(flag -> flag.contains("sandbox"))
                .noneMatch(flag -> flag.contains("web-security"))
                .noneMatch(flag -> flag.contains("site-isolation"))
                .noneMatch(flag -> flag.contains("ignore-certificate"));
    }

    @Test
    void disablesFeaturesInOneList() {
        assertThat(flags(false))
                .filteredOn(flag -> flag.startsWith("--disable-features="))
                .hasSize(1);
        assertThat(flags(false)).doesNotHaveDuplicates();
    }

    @Test
    void usesLoopbackForMediaOnlyWhereThereIsNothingElse() {
        assertThat(flags(false)).doesNotContain("--allow-loopback-in-peer-connection");
        assertThat(flags(true)).contains("--allow-loopback-in-peer-connection");
    }

    @Test
    void deniesWhatAConferenceDoesNotNeed() {
        assertThat(ChromiumFlags.preferences())
                .containsEntry("profile.default_content_setting_values.geolocation", 2)
                .containsEntry("profile.default_content_setting_values.notifications", 2)
                .containsEntry("profile.default_content_setting_values.file_system_write_guard", 2)
                .containsEntry("download_restrictions", 3)
                .doesNotContainKey("profile.default_content_setting_values.media_stream_camera");
    }
}
