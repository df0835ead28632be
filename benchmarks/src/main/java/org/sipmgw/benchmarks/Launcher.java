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

/**
 * Runs the benchmarks: {@code [--quick] [--json FILE] [PATTERN ...]}. Allocation is always measured. At the end each
 * figure stands beside its yardstick from the same run.
 */
public final class Launcher {

    private static final String USAGE =
            """
            Usage: ./sipmgw bench [--quick] [--json FILE] [PATTERN ...]
              --quick      fewer and shorter iterations: all in less than four minutes
              --json FILE  also write JMH's JSON
              PATTERN      only benchmarks whose name matches this regular expression""";

    /** With this pattern, whole processes are compared too, where there are loopback cameras. */
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
            compareCameras(arguments);
        }
        if (results.size() < wanted) {
            System.out.printf("%d of %d benchmarks failed, see above%n", wanted - results.size(), wanted);
            return 1;
        }
        return 0;
    }

    private static void compareCameras(BenchArguments arguments) {
        String devlab = System.getProperty("sipmgw.devlab", "");
        if (devlab.isEmpty()) {
            System.out.println("Whole processes are not compared: this needs loopback cameras, see docs/devices.md");
            return;
        }
        try {
            Map<String, Double> costs = new CameraComparison(
                            Path.of(devlab),
                            Path.of(System.getProperty("java.class.path"))
                                    .toAbsolutePath()
                                    .toString())
                    .run();
            double ffmpeg = costs.getOrDefault("yardstickFfmpeg", Double.NaN);
            System.out.println("Processor time for a 720p frame into a loopback camera, whole processes");
            costs.forEach((who, ms) ->
                    System.out.printf(Locale.ROOT, "  %-16s %8.3f ms  %.2f x ffmpeg%n", who, ms, ms / ffmpeg));
            if (arguments.json().isPresent()) {
                Path file = arguments.json().get();
                String json = Files.readString(file).stripTrailing();
                Files.writeString(
                        file,
                        json.substring(0, json.lastIndexOf(']')).stripTrailing() + CameraComparison.json(costs)
                                + "\n]\n");
            }
        } catch (IOException e) {
            System.out.println("Whole processes could not be compared: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
