package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a gateway left after its last call and after its end. */
final class LeftBehind {

    private static final long SETTLE_MS = 15_000;
    private static final long POLL_MS = 500;

    private final Map<String, Object> after;
    private final int threads;

    private LeftBehind(Map<String, Object> after, int threads) {
        this.after = after;
        this.threads = threads;
    }

    /** Asks once before the call, so that there is something to compare with. */
    static void baseline(GatewayChild child) throws IOException {
        child.inventory();
    }

    /** After the call and before the gateway ends: waits until the thread count is back, at most a while. */
    static LeftBehind before(GatewayChild child) throws IOException {
        int threadsBefore = number(child.find(0, "inventory", e -> true).orElseThrow(), "threads");
        long end = System.nanoTime() + SETTLE_MS * 1_000_000;
        Map<String, Object> now = child.inventory();
        while (System.nanoTime() < end && (number(now, "threads") > threadsBefore || number(now, "sessions") > 0)) {
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            now = child.inventory();
        }
        return new LeftBehind(now, Math.max(0, number(now, "threads") - threadsBefore));
    }

    /** After the gateway's end. */
    Map<String, Object> afterEnd(GatewayChild child) {
        Map<String, Object> left = new LinkedHashMap<>();
        left.put("processes", child.survivors().size());
        left.put("threads", threads);
        left.put("ports", number(after, "ports"));
        left.put("files", files(child.pid()));
        left.put("nativeObjects", number(after, "nativeObjects"));
        return left;
    }

    boolean nothing(GatewayChild child) {
        return afterEnd(child).values().stream().allMatch(n -> Integer.valueOf(0).equals(n));
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
