package org.sipmgw.examples;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sipmgw.process.Orphans;

/** Counts what a gateway left after its last call and after its end. */
final class LeftBehind {

    private static final long SETTLE_MS = 30_000;
    private static final long POLL_MS = 500;
    /** Ended processes are seen until their parent, or init, has asked for them. */
    private static final int GRACE = 6;

    /** Threads that a call has and a gateway without calls has not. GStreamer's are counted by their pipelines: it keeps idle ones. */
    private static final Pattern OF_A_CALL = Pattern.compile("(capture|release|decode)-.*");
    /** One for each seat. */
    private static final String OF_A_SEAT = "sipmgw-page-";

    private final Map<String, Object> after;
    private final List<String> threads;

    private LeftBehind(Map<String, Object> after, List<String> threads) {
        this.after = after;
        this.threads = threads;
    }

    /**
     * After the last call, as soon as nothing of it is left, or a while is over.
     *
     * @param warm how many seats stand ready
     */
    static LeftBehind after(GatewayChild child, int warm) throws IOException {
        long end = System.nanoTime() + SETTLE_MS * 1_000_000;
        Map<String, Object> now = child.inventory();
        while (System.nanoTime() < end
                && !(number(now, "sessions") == 0
                        && number(now, "ports") == 0
                        && threads(now, warm).isEmpty())) {
            pause();
            now = child.inventory();
        }
        return new LeftBehind(now, threads(now, warm));
    }

    /** Names of the threads of calls. */
    List<String> threads() {
        return threads;
    }

    /** Those threads of an inventory that belong to calls, not to the gateway and its seats that stand ready. */
    static List<String> threads(Map<String, Object> inventory, int warm) {
        List<String> names = inventory.get("threadNames") instanceof List<?> all
                ? all.stream().map(String::valueOf).toList()
                : List.of();
        Stream<String> seats =
                names.stream().filter(name -> name.startsWith(OF_A_SEAT)).skip(warm);
        return Stream.concat(names.stream().filter(OF_A_CALL.asMatchPredicate()), seats)
                .toList();
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
        left.put("threads", threads.size());
        left.put("ports", number(after, "ports"));
        Orphans.Found found = Orphans.count(child.id());
        left.put("files", found.owners() + found.files());
        left.put("nativeObjects", number(after, "nativeObjects"));
        return left;
    }

    private static int number(Map<String, Object> from, String key) {
        return from.get(key) instanceof Number n ? n.intValue() : -1;
    }
}
