package org.sipmgw.media.capture;

import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Waits for what must come soon, and says what did not. */
final class Await {
    private Await() {}

    static String value(Callable<String> source) {
        String[] found = {""};
        until("a value", 10_000, () -> {
            try {
                found[0] = source.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return !found[0].isEmpty();
        });
        return found[0];
    }

    /** Returns after how many milliseconds it came. */
    static long until(String what, long timeoutMs, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long waitedMs = (System.nanoTime() - start) / 1_000_000;
            if (waitedMs > timeoutMs) {
                throw new AssertionError(what + " did not come within " + timeoutMs + " ms");
            }
            sleep(5);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
