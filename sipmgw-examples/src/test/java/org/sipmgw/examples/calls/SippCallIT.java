package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp's own caller, which offers sound only and never sends any, in the complete gateway. */
@Tag("call")
class SippCallIT {

    private static final int CALLS = 2;

    @TempDir
    private Path directory;

    @Test
    void sippJoinsTheConferenceAndIsContent() throws Exception {
        try (CallLab lab = CallLab.open();
                Conference conference = lab.conference()) {
            lab.awaitWarm();
            Path output = directory.resolve("output.txt");
            Process sipp = new ProcessBuilder(
                            "sipp",
                            lab.authority(),
                            "-sn",
                            "uac",
                            "-i",
                            "127.0.0.1",
                            "-s",
                            conference.user(),
                            "-m",
                            Integer.toString(CALLS),
                            "-l",
                            "1",
                            "-d",
                            "6000",
                            "-nostdin",
                            "-timeout",
                            "60s",
                            "-timeout_error")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                CallLab.await("sipp in the conference", () -> conference.has("sipp"));
                CallLab.await("sipp's end", () -> !sipp.isAlive());
                assertThat(sipp.exitValue()).as(() -> lastLines(output)).isZero();
            } finally {
                sipp.destroyForcibly();
                sipp.waitFor(5, TimeUnit.SECONDS);
            }
            lab.awaitNothingLeft();
            CallLab.await("sipp left the conference", () -> !conference.has("sipp"));
        }
    }

    private static String lastLines(Path output) {
        try {
            String all = Files.readString(output, StandardCharsets.ISO_8859_1);
            return all.substring(Math.max(0, all.length() - 1500));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
