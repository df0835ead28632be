package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConfigException;

class BrowserJoinerBuilderTest {
    @TempDir
    private Path directory;

    private void refused(UnaryOperator<BrowserJoinerBuilder> wrong, String message) {
        try (RuntimeDirectory runtime = RuntimeDirectory.open(directory.resolve("base"), RunAs.ordinaryUser())) {
            BrowserJoinerBuilder good = BrowserJoiner.builder(runtime)
                    .displays((width, height) -> {
                        throw new IllegalStateException("not in this test");
                    })
                    .speakers(() -> {
                        throw new IllegalStateException("not in this test");
                    })
                    .pages(List.of(new JanusVideoRoomPage()))
                    .allowedHosts(List.of("meet.example.org"))
                    .chromium("/bin/true")
                    .chromedriver("/bin/true")
                    .warm(0);
            assertThatThrownBy(() -> wrong.apply(good).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(message);
        }
    }

    @Test
    void namesWhatIsMissing() {
        refused(b -> b.pages(List.of()), "pages: '' is not allowed");
        refused(b -> b.allowedHosts(List.of()), "allowedHosts: '' is not allowed");
    }

    @Test
    void namesWhatIsOutOfRange() {
        refused(b -> b.warm(-1), "warm: '-1' is not allowed; allowed: 0 to 100");
        refused(b -> b.warm(101), "warm: '101'");
        refused(b -> b.displaySize(10, 720), "displayWidth: '10'");
        refused(b -> b.displaySize(1280, 5000), "displayHeight: '5000'");
        refused(b -> b.displaySize(1281, 720), "displaySize: '1281x720' is not allowed; allowed: even numbers");
        refused(b -> b.pollInterval(Duration.ofMillis(1)), "pollIntervalMs: '1'");
        refused(b -> b.evidence(Path.of("here")), "evidence: 'here'");
    }

    @Test
    void namesAProgramThatIsNotThere() {
        refused(b -> b.chromium("/no/chromium"), "chromium: '/no/chromium'");
        refused(b -> b.chromedriver("chromedriver"), "chromedriver: 'chromedriver'");
    }
}
