package org.sipmgw.examples;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes events as lines for people. Thread-safe. */
final class HumanLines {

    private final PrintStream out;

    HumanLines(PrintStream out) {
        this.out = out;
    }

    void write(String event, Map<String, ?> fields) {
        String details = fields.entrySet().stream()
                // callers choose their names: no line of their own, nothing that moves a terminal
                .map(entry ->
                        entry.getKey() + " " + String.valueOf(entry.getValue()).replaceAll("\\p{Cc}", " "))
                .collect(Collectors.joining(", "));
        out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  " + event
                + (details.isEmpty() ? "" : ": " + details));
    }
}
