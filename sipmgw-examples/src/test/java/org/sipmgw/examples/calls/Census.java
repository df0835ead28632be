package org.sipmgw.examples.calls;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What this JVM holds just now, counted by name: its threads, those of native libraries too, and its descriptors. Numbers
 * in names are left out, so that what every call has of its own counts together. Linux cuts the names of threads after 15
 * characters.
 *
 * @param counts how many there are of each name
 */
record Census(Map<String, Integer> counts) {

    /** HotSpot's own: it starts and ends compilers and collectors as there is work for them. */
    private static final List<String> JVM = List.of(
            "C1 CompilerThre",
            "C2 CompilerThre",
            "GC Thread#",
            "G1 ",
            "VM ",
            "Attach Listener",
            "Signal Dispatch",
            "Service Thread",
            "Monitor Deflati",
            "Sweeper thread",
            "Notification Th",
            "Common-Cleaner",
            "Reference Handl",
            "Finalizer",
            "ForkJoinPool");
    /** Pools of the JDK and of Selenium whose threads end after a minute or when collected, and the room system's. */
    private static final List<String> IDLE_FOR_A_MINUTE =
            List.of("HttpClient-", "JdkHttpClient", "BiDi Connection", "Cleaner-", "process reaper", "phone-");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Threads, without those that come and go on their own. */
    static Census threads() throws IOException {
        return of(Path.of("/proc/self/task"), task -> {
            String name = read(task.resolve("comm"));
            boolean breathes = JVM.stream().anyMatch(name::startsWith)
                    || IDLE_FOR_A_MINUTE.stream().anyMatch(name::startsWith);
            return breathes ? "" : name;
        });
    }

    /** Files, sockets, pipes and the like. */
    static Census descriptors() throws IOException {
        return of(Path.of("/proc/self/fd"), Census::target);
    }

    /** What there is more of than then, as {@code name +count, …}; names with {@code allowed} or fewer more are left out. */
    String grownSince(Census then, int allowed) {
        return counts.entrySet().stream()
                .map(now -> Map.entry(now.getKey(), now.getValue() - then.counts.getOrDefault(now.getKey(), 0)))
                .filter(grown -> grown.getValue() > allowed)
                .map(grown -> grown.getKey() + " +" + grown.getValue())
                .collect(Collectors.joining(", "));
    }

    int total() {
        return counts.values().stream().mapToInt(n -> n).sum();
    }

    private static Census of(Path directory, NameOf nameOf) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = nameOf.apply(entry);
                if (!name.isEmpty()) {
                    counts.merge(NUMBER.matcher(name).replaceAll("#"), 1, Integer::sum);
                }
            }
        }
        return new Census(counts);
    }

    private interface NameOf {
        String apply(Path entry);
    }

    /** Empty for a thread that has ended meanwhile. */
    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    /** Empty for a descriptor that was closed meanwhile, as the one of this very listing. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
