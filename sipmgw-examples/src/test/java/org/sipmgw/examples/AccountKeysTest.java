package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.ListeningPoint;
import org.sipmgw.spi.ConfigException;

@Tag("registrar")
class AccountKeysTest {

    private static final String LEAST = """
            conference:
              page: https://meet.example/videoroomtest.html?room={room}
              allowedHosts: [meet.example]
            """;

    @Test
    void anAccountNeedsNoListeningPoint() {
        LauncherConfig config =
                LauncherConfig.parse(LEAST + "accounts: '<sip:a@example.org;transport=tcp>;auth_pass=x;mwi=yes'\n");

        assertThat(config.listen()).isEmpty();
        assertThat(config.accounts())
                .singleElement()
                .satisfies(a -> assertThat(a.address().user()).isEqualTo("a"));
        assertThat(config.warnings()).singleElement().asString().contains("mwi");
    }

    @Test
    void accountsMayBeAFileOrAList(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("accounts"), "# two\n<sip:a@h>\n<sip:b@h>\n");

        assertThat(LauncherConfig.parse(LEAST + "accounts: " + file + "\n").accounts())
                .hasSize(2);
        assertThat(LauncherConfig.parse(LEAST + "accounts: ['<sip:a@h>', '<sip:b@h>', '<sip:c@h>']\n")
                        .accounts())
                .hasSize(3);
    }

    @Test
    void whatIsWrongIsSaidWithoutThePassword() {
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "accounts: '<sip:a@h>;auth_pass=hidden;regint=x'\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("regint")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "accounts: '<a@h>;auth_pass=hidden'\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "accounts: /nonexistent/accounts\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/nonexistent/accounts");
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("accounts");
    }

    @Test
    void theConfigurationOfBaresipFillsWhatOursLeavesOpen(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("config"), """
                # SIP
                sip_listen\t\t127.0.0.1:5070
                sip_verify_server\tno
                call_max_calls\t\t4
                rtp_ports\t\t30000-30999 # media
                video_size\t\t\t640x360
                video_bitrate\t\t1000000
                #sip_cafile /not/read
                module\t\t\topus.so
                module\t\t\tg711.so
                audio_player\t\talsa,default
                """);
        LauncherConfig config = LauncherConfig.parse(LEAST + "baresipConfig: " + file + "\ncalls:\n  max: 3\n");

        assertThat(config.listen())
                .containsExactly(ListeningPoint.udp("127.0.0.1", 5070), ListeningPoint.tcp("127.0.0.1", 5070));
        assertThat(config.tls().verifyServers()).isFalse();
        assertThat(config.gateway().maxCalls()).isEqualTo(3);
        assertThat(config.ports())
                .isEqualTo(new LauncherConfig.PortRange(30_000, 30_999, 0, java.util.Optional.empty()));
        assertThat(config.browser().width()).isEqualTo(640);
        assertThat(config.warnings())
                .hasSize(2)
                .anyMatch(w -> w.contains("video_bitrate"))
                .anyMatch(w -> w.contains("audio_player") && w.contains("module"));
    }
}
