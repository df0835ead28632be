package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.fakes.TestGateway;

/** SIPp, somebody else's SIP, against the gateway. Scenarios are under {@code src/test/resources/sipp}. */
@Tag("call")
class SippIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "offer,u1,20",
        "offer,t1,20",
        "delayed-offer,u1,10",
        "hold,u1,5",
        "refresh,u1,5",
        "cancel,u1,10",
        "options,u1,20"
    })
    void sippIsContentWith(String scenario, String transport, int calls) throws Exception {
        assertThat(new File("/usr/bin/sipp")).as("sipp: apt install sip-tester").isFile();
        try (TestGateway gateway = new TestGateway(GatewayConfig.defaults().withMaxCalls(100))) {
            gateway.joiner.holdSeats = scenario.equals("cancel");
            int port = gateway.address(transport.equals("u1") ? Transport.UDP : Transport.TCP)
                    .getPort();
            Path output = directory.resolve("output.txt");
            Process sipp = new ProcessBuilder(List.of(
                            "/usr/bin/sipp",
                            "127.0.0.1:" + port,
                            "-sf",
                            scenario(scenario).toString(),
                            "-i",
                            "127.0.0.1",
                            "-t",
                            transport,
                            "-s",
                            "room42",
                            "-m",
                            String.valueOf(calls),
                            "-r",
                            "10",
                            "-nostdin",
                            "-timeout",
                            "30s",
                            "-timeout_error",
                            "-trace_err",
                            "-error_file",
                            directory.resolve("errors.txt").toString()))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(sipp.waitFor(40, TimeUnit.SECONDS)).as("sipp ends").isTrue();
                assertThat(sipp.exitValue()).as(() -> report()).isZero();
            } finally {
                sipp.destroyForcibly();
            }
            gateway.joiner.releaseSeats();
            gateway.events.await(
                    "all calls ended", lines -> gateway.gateway.calls().isEmpty());
            gateway.assertEmpty();
        }
    }

    private Path scenario(String name) throws IOException {
        Path file = directory.resolve(name + ".xml");
        try (InputStream in = SippIT.class.getResourceAsStream("/sipp/" + name + ".xml")) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
        return file;
    }

    private String report() {
        try {
            Path errors = directory.resolve("errors.txt");
            return Files.exists(errors) ? Files.readString(errors, StandardCharsets.ISO_8859_1) : "no error file";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
