package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a gateway left after its last call and after its end. */
final class LeftBehind {

    private static final long SETTLE_MS = 30_000;
    private static final long POLL_MS = 500;
    /** Ended processes are seen until their parent, or init, has asked for them. */
    private static final int GRACE = 6;

    private final Map<String, Object> after;
    private final int threads;
    private final List<String> newThreads;

    private LeftBehind(Map<String, Object> after, int threads, List<String> newThreads) {
        this.after = after;
        this.threads = threads;
        this.newThreads = newThreads;
    }

    /**
     * After the measured call: makes one more short call and compares the threads of the gateway before and after it.
     * Libraries start threads of their own with the first call and keep them a while; what is left behind comes with
     * every call.
     *
     * @param call makes a call and waits until it has ended
     */
    static LeftBehind after(GatewayChild child, Call call) throws IOException {
        List<String> before = settled(child, Integer.MAX_VALUE);
        call.make();
        List<String> now = settled(child, before.size());
        List<String> more = new ArrayList<>(now);
        before.forEach(more::remove);
        return new LeftBehind(child.inventory(), Math.max(0, now.size() - before.size()), more);
    }

    /** Names of threads that are new since the call before, whether left behind or in place of others. */
    List<String> newThreads() {
        return newThreads;
    }

    /** A call from beginning to end. */
    interface Call {
        void make() throws IOException;
    }

    /** The fewest threads seen until there are {@code enough}, or a while is over. */
    private static List<String> settled(GatewayChild child, int enough) throws IOException {
        long end = System.nanoTime() + SETTLE_MS * 1_000_000;
        List<String> fewest = List.of();
        while (System.nanoTime() < end && (fewest.isEmpty() || fewest.size() > enough)) {
            Map<String, Object> now = child.inventory();
            boolean quiet = number(now, "sessions") == 0 && number(now, "ports") == 0;
            List<String> names = names(now);
            if (quiet && (fewest.isEmpty() || names.size() < fewest.size())) {
                fewest = names;
            }
            pause();
        }
        return fewest;
    }

    private static List<String> names(Map<String, Object> inventory) {
        return inventory.get("threadNames") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After the gateway's end. */
    Map<String, Object> afterEnd(GatewayChild child) {
        Map<String, Object> left = new LinkedHashMap<>();
        for (int i = 0; i < GRACE && !child.survivors().isEmpty(); i++) {
            pause();
        }
        left.put("processes", child.survivors().size());
        left.put("threads", threads);
        left.put("ports", number(after, "ports"));
        left.put("files", files(child.pid()));
        left.put("nativeObjects", number(after, "nativeObjects"));
        return left;
    }

    /** Runtime directories are named after the gateway's process. */
    private static int files(long pid) {
        int count = 0;
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/tmp");
        for (Path base : List.of(Path.of("/run/sipmgw"), Path.of(runtime, "sipmgw"), Path.of("/tmp/sipmgw"))) {
            if (!Files.isDirectory(base)) {
                continue;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(base, pid + "-*")) {
                for (Path entry : entries) {
                    count += Files.exists(entry) ? 1 : 0;
                }
            } catch (IOException e) {
                System.getLogger(LeftBehind.class.getName()).log(System.Logger.Level.DEBUG, base.toString(), e);
            }
        }
        return count;
    }

    private static int number(Map<String, Object> from, String key) {
        return from.get(key) instanceof Number n ? n.intValue() : -1;
    }
}
