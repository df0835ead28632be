package org.sipmgw.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How long a benchmark's iterations last. JMH itself allocates about 6 kB in each iteration; where an operation takes a
 * third of a millisecond, only long iterations keep that from showing as bytes of the operation.
 */
enum Pace {
    /** Nanoseconds to microseconds per operation. */
    SHORT(5, 500),
    /** Whole frames. */
    LONG(2, 4000);

    private static final Pattern FRAMES = Pattern.compile("\\.(Frame|Grab)\\w*Benchmark\\.");

    private final int iterations;
    private final int iterationMs;

    Pace(int iterations, int iterationMs) {
        this.iterations = iterations;
        this.iterationMs = iterationMs;
    }

    /** The benchmarks of this pace that match one of {@code patterns}, or all. */
    List<String> names(List<String> patterns) {
        Set<BenchmarkListEntry> found = BenchmarkList.defaultList()
                .find(
                        OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                        patterns.isEmpty() ? List.of(".*") : patterns,
                        List.of());
        return found.stream()
                .map(BenchmarkListEntry::getUsername)
                .filter(name -> FRAMES.matcher(name).find() == (this == LONG))
                .collect(Collectors.toList());
    }

    Options options(List<String> names, boolean quick) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(false)
                .shouldDoGC(true)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-Djmh.ignoreLock=true", "--enable-native-access=ALL-UNNAMED");
        names.forEach(name -> options.include("^" + Pattern.quote(name) + "$"));
        return options.forks(quick ? 1 : 3)
                .warmupIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 400 : 2000))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(quick ? iterationMs : Math.max(2000, iterationMs)))
                .build();
    }
}
