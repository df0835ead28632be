package org.sipmgw.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param quick fewer and shorter iterations
 * @param json where to write JMH's JSON
 * @param patterns which benchmarks, all where empty
 * @param help only say how it is used
 */
record BenchArguments(boolean quick, Optional<Path> json, List<String> patterns, boolean help) {

    /** Throws {@link IllegalArgumentException} with what is wrong. */
    static BenchArguments parse(String... arguments) {
        boolean quick = false;
        boolean help = false;
        Optional<Path> json = Optional.empty();
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--help", "-h" -> help = true;
                case "--json" -> {
                    if (++i == arguments.length) {
                        throw new IllegalArgumentException("--json needs a file");
                    }
                    json = Optional.of(Path.of(arguments[i]).toAbsolutePath());
                }
                default -> {
                    if (arguments[i].startsWith("-")) {
                        throw new IllegalArgumentException("unknown option " + arguments[i]);
                    }
                    patterns.add(arguments[i]);
                }
            }
        }
        return new BenchArguments(quick, json, List.copyOf(patterns), help);
    }
}
