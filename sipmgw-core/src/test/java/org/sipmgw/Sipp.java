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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs SIPp with a scenario of {@code src/test/resources/sipp} in a directory of its own. */
final class Sipp {
    private static final int MOST_SHOWN = 2000;
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
            assertThat(sipp.exitValue()).as(() -> report(sipp.exitValue())).isZero();
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

    /** Its exit code, its last statistics, how often it said what, and what it said first and last. */
    private String report(int exitCode) {
        try {
            Path errors = directory.resolve("errors.txt");
            String text = Files.exists(errors) ? Files.readString(errors, StandardCharsets.ISO_8859_1) : "";
            Map<String, Long> kinds = text.lines()
                    .filter(line -> line.matches("\\d{4}-\\d\\d-\\d\\d\\s.*"))
                    .map(line ->
                            line.replaceFirst("^\\S+\\s+\\S+\\s+\\S+\\s+", "").replaceAll("\\d+", "N"))
                    .map(line -> line.substring(0, Math.min(100, line.length())))
                    .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
            return "sipp: exit code " + exitCode + "\n--- statistics\n" + statistics() + "\n--- errors by kind\n"
                    + kinds
                    + "\n--- first errors\n" + text.substring(0, Math.min(MOST_SHOWN, text.length()))
                    + "\n--- last errors\n" + tail(text);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The last screen it has drawn. */
    private String statistics() throws IOException {
        String output = Files.readString(directory.resolve("output.txt"), StandardCharsets.ISO_8859_1);
        int last = output.lastIndexOf("Statistics Screen");
        return last < 0 ? tail(output) : output.substring(last, Math.min(output.length(), last + 2 * MOST_SHOWN));
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - MOST_SHOWN));
    }
}
