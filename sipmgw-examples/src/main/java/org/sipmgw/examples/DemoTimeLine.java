package org.sipmgw.examples;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened when in a demo: its own steps, and the events of the gateway that people want to see among them. */
final class DemoTimeLine {

    private static final Set<String> SHOWN = Set.of("registration", "hold", "rate", "loss", "warning", "dtmf");
    private static final Set<String> SAID_ANYWAY = Set.of("time", "event", "call", "account");

    private final Instant start = Instant.now();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One moment.
     *
     * @param seconds since the demo began
     * @param what for people
     */
    record Entry(double seconds, String what) {}

    /** Now. */
    void mark(String what) {
        add(Instant.now(), what);
    }

    /** Takes over what the gateway has said. */
    void gateway(List<Map<String, Object>> events) {
        for (Map<String, Object> event : events) {
            if (SHOWN.contains(String.valueOf(event.get("event")))) {
                try {
                    add(Instant.parse(String.valueOf(event.get("time"))), described(event));
                } catch (DateTimeParseException e) {
                    throw new IllegalStateException("an event of the gateway without a time: " + event, e);
                }
            }
        }
    }

    private static String described(Map<String, Object> event) {
        StringBuilder text = new StringBuilder("gateway: ").append(event.get("event"));
        event.forEach((key, value) -> {
            if (!SAID_ANYWAY.contains(key)) {
                text.append(' ').append(key).append('=').append(value);
            }
        });
        return text.toString();
    }

    private void add(Instant when, String what) {
        entries.add(new Entry(Duration.between(start, when).toMillis() / 1000.0, what));
    }

    /** In the order of time. */
    List<Entry> entries() {
        return entries.stream()
                .sorted(Comparator.comparingDouble(Entry::seconds))
                .toList();
    }
}
