package org.sipmgw.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The figures class by class, each as a ratio to the yardsticks ({@code yardstick...}) of the same class and run. */
final class Summary {

    private static final String YARDSTICK = "yardstick";

    private final Map<String, List<RunResult>> byClass = new TreeMap<>();

    Summary(Collection<RunResult> results) {
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            byClass.computeIfAbsent(name.substring(0, name.lastIndexOf('.')), key -> new ArrayList<>())
                    .add(result);
        }
    }

    void print(PrintStream out) {
        out.println("Ratios to the yardstick of the same class, below 1 is faster than it");
        byClass.forEach((name, results) -> {
            out.println(name);
            List<RunResult> yardsticks = results.stream()
                    .filter(result -> method(result).startsWith(YARDSTICK))
                    .toList();
            for (RunResult result : results) {
                out.println("  " + line(result));
                if (!yardsticks.contains(result)) {
                    yardsticks.stream()
                            .filter(yardstick -> parameters(yardstick).equals(parameters(result)))
                            .forEach(yardstick -> out.println("      " + ratio(result, yardstick)));
                }
            }
        });
    }

    private static String line(RunResult result) {
        Result<?> score = result.getPrimaryResult();
        return String.format(
                Locale.ROOT,
                "%-28s %10.3f ± %.3f %s %10.2f B/op",
                (method(result) + " " + parameters(result)).strip(),
                score.getScore(),
                Double.isNaN(score.getScoreError()) ? 0 : score.getScoreError(),
                score.getScoreUnit(),
                allocated(result));
    }

    private static String ratio(RunResult result, RunResult yardstick) {
        double ratio = result.getPrimaryResult().getScore()
                / yardstick.getPrimaryResult().getScore();
        return String.format(Locale.ROOT, "%.2f x %s", ratio, method(yardstick));
    }

    /** Bytes per operation; a fraction of a byte is the harness itself. */
    private static double allocated(RunResult result) {
        for (Map.Entry<String, Result> secondary : result.getSecondaryResults().entrySet()) {
            if (secondary.getKey().endsWith("gc.alloc.rate.norm")) {
                return secondary.getValue().getScore();
            }
        }
        return Double.NaN;
    }

    private static String parameters(RunResult result) {
        return result.getParams().getParamsKeys().stream()
                .map(key -> result.getParams().getParam(key))
                .collect(Collectors.joining(" "));
    }

    private static String method(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
