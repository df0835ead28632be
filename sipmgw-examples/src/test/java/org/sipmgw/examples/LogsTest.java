package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogsTest {

    private final PrintStream err = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @AfterEach
    void asBefore() throws Exception {
        System.setErr(err);
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void warningsOfLibrariesAndWhatTheGatewayTellsTakeOneLineEach() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logs.configure();
        log("org.jitsi.utils.Any", System.Logger.Level.INFO, "noise");
        log("org.jitsi.utils.Any", System.Logger.Level.WARNING, "worth knowing");
        log("org.sipmgw.Any", System.Logger.Level.INFO, "our own");
        log("org.sipmgw.Any", System.Logger.Level.DEBUG, "for developers");
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .satisfiesExactly(
                        library -> assertThat(library).endsWith("org.jitsi.utils.Any: worth knowing"),
                        own -> assertThat(own).matches("\\d{4}-\\d\\d-\\d\\d \\S+ \\S+ org.sipmgw.Any: our own"));
    }

    private static void log(String name, System.Logger.Level level, String message) {
        System.getLogger(name).log(level, message);
    }
}
