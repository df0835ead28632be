package org.sipmgw.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.sipmgw.benchmarks.devices.CameraComparison;
import org.sipmgw.benchmarks.devices.SoundComparison;

/**
 * Runs the benchmarks: {@code [--quick] [--json FILE] [PATTERN ...]}. Allocation is always measured. At the end each
 * figure stands beside its yardstick from the same run.
 */
public final class Launcher {

    private static final String USAGE = """
            Usage: ./sipmgw bench [--quick] [--json FILE] [PATTERN ...]
              --quick      fewer and shorter iterations: all in less than four minutes
              --json FILE  also write JMH's JSON
              PATTERN      only benchmarks whose name matches this regular expression""";

    /** With this pattern, what runs beside loopback devices is compared too. */
    private static final String DEVICES = "devices";

    private Launcher() {}

    /** Exit code 0, 1 when a benchmark failed, 2 for a wrong command line. */
    public static void main(String[] arguments) throws RunnerException {
        BenchArguments parsed;
        try {
            parsed = BenchArguments.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        if (parsed.help()) {
            System.out.println(USAGE);
            return;
        }
        System.exit(run(parsed));
    }

    private static int run(BenchArguments arguments) throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        int wanted = 0;
        for (Pace pace : Pace.values()) {
            List<String> names = pace.names(arguments.patterns());
            wanted += names.size();
            if (!names.isEmpty()) {
                results.addAll(new Runner(pace.options(names, arguments.quick())).run());
            }
        }
        System.out.println();
        new Summary(results).print(System.out);
        if (arguments.json().isPresent()) {
            ResultFormatFactory.getInstance(
                            ResultFormatType.JSON, arguments.json().get().toString())
                    .writeOut(results);
        }
        if (arguments.patterns().contains(DEVICES)) {
            compareDevices(arguments);
        }
        if (results.size() < wanted) {
            System.out.printf("%d of %d benchmarks failed, see above%n", wanted - results.size(), wanted);
            return 1;
        }
        return 0;
    }

    /** What has to run where there are loopback devices. */
    private static void compareDevices(BenchArguments arguments) {
        String script = System.getProperty("sipmgw.devlab", "");
        if (script.isEmpty()) {
            System.out.println("Kernel devices are not compared: this needs loopback devices, see docs/devices.md");
            return;
        }
        Path devlab = Path.of(script);
        String classPath =
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString();
        try {
            Map<String, Double> cameras = new CameraComparison(devlab, classPath).run();
            double ffmpeg = cameras.getOrDefault("yardstickFfmpeg", Double.NaN);
            System.out.println("Processor time for a 720p frame into a loopback camera, whole processes");
            cameras.forEach((who, ms) ->
                    System.out.printf(Locale.ROOT, "  %-16s %8.3f ms  %.2f x ffmpeg%n", who, ms, ms / ffmpeg));
            Map<String, Double> sound = new SoundComparison(devlab, classPath).run();
            double inC = sound.getOrDefault("yardstickC", Double.NaN);
            System.out.println("Time for a period of 10 ms into a loopback sound card");
            sound.forEach((who, us) -> System.out.printf(
                    Locale.ROOT, "  %-16s %8.3f us  %.2f x the same ioctl in C%n", who, us, us / inC));
            if (arguments.json().isPresent()) {
                append(arguments.json().get(), CameraComparison.json(cameras) + SoundComparison.json(sound));
            }
        } catch (IOException e) {
            System.out.println("Kernel devices could not be compared: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void append(Path file, String elements) throws IOException {
        String json = Files.readString(file).stripTrailing();
        Files.writeString(file, json.substring(0, json.lastIndexOf(']')).stripTrailing() + elements + "\n]\n");
    }
}
