package org.sipmgw.benchmarks.devices;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Time of writing a period to a loopback sound card, against the same ioctl in C and a plain copy; see {@code PeriodWrites}. */
public final class SoundComparison {
    private final Path devlab;
    private final String classPath;

    /** @param devlab the script that runs a command where there are loopback cards */
    public SoundComparison(Path devlab, String classPath) {
        this.devlab = devlab;
        this.classPath = classPath;
    }

    /** Microseconds for a period of 10 ms, by how it is written. */
    public Map<String, Double> run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        devlab.toString(),
                        "--cameras",
                        "0",
                        "--timeout",
                        "120",
                        "java",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        "org.sipmgw.devices.alsa.PeriodWrites")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("ended with " + code + ": " + printed);
        }
        Map<String, Double> costs = new LinkedHashMap<>();
        printed.lines().map(line -> line.split(" ")).forEach(words -> costs.put(words[0], Double.valueOf(words[1])));
        return costs;
    }

    /** As one more element each for JMH's JSON. */
    public static String json(Map<String, Double> costs) {
        StringBuilder json = new StringBuilder();
        costs.forEach((who, us) -> json.append(String.format(
                Locale.ROOT,
                ",%n  {\"benchmark\": \"%s.%s\", \"mode\": \"time\", \"primaryMetric\": {\"score\": %.4f,"
                        + " \"scoreUnit\": \"us/period\"}}",
                SoundComparison.class.getName(),
                who,
                us)));
        return json.toString();
    }
}
