package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs SIPp with a scenario of {@code src/test/resources/sipp} in a directory of its own. */
final class Sipp {
    private final Path directory;

    Sipp(Path directory) {
        this.directory = directory;
    }

    /** Fails unless every call went as the scenario says. */
    void run(String scenario, String target, int patienceSeconds, String... options) throws Exception {
        assertThat(new File("/usr/bin/sipp")).as("sipp: apt install sip-tester").isFile();
        List<String> command = new ArrayList<>(List.of("/usr/bin/sipp"));
        if (!target.isEmpty()) {
            command.add(target);
        }
        command.addAll(List.of("-sf", scenario(scenario).toString(), "-i", "127.0.0.1", "-nostdin"));
        command.addAll(List.of("-timeout", patienceSeconds + "s", "-timeout_error", "-trace_err"));
        command.addAll(List.of("-error_file", directory.resolve("errors.txt").toString()));
        command.addAll(List.of(options));
        Process sipp = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        try {
            assertThat(sipp.waitFor(patienceSeconds + 15L, TimeUnit.SECONDS))
                    .as("sipp ends")
                    .isTrue();
            assertThat(sipp.exitValue()).as(this::report).isZero();
        } finally {
            sipp.destroyForcibly();
        }
    }

    private Path scenario(String name) throws IOException {
        Path file = directory.resolve(name + ".xml");
        try (InputStream in = Sipp.class.getResourceAsStream("/sipp/" + name + ".xml")) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
        return file;
    }

    private String report() {
        try {
            Path errors = directory.resolve("errors.txt");
            String text =
                    Files.exists(errors) ? Files.readString(errors, StandardCharsets.ISO_8859_1) : "no error file";
            return text.substring(0, Math.min(2000, text.length()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
