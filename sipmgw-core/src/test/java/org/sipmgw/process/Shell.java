package org.sipmgw.process;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Small process trees for the tests. */
final class Shell {

    private Shell() {}

    static ChildProcessBuilder child(RuntimeDirectory runtime, String script) {
        return ChildProcess.builder(runtime, "sh", List.of("sh", "-c", script));
    }

    static void await(Duration limit, String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            Thread.sleep(10);
        }
    }
}
