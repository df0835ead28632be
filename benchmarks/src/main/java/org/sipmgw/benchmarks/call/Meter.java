package org.sipmgw.benchmarks.call;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.DoubleSupplier;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.ProcessTree;

/** Processor time over a span of time, as busy cores. */
final class Meter {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long warmUpMs;
    private final long measureMs;

    Meter(int seconds) {
        this.warmUpMs = 3000;
        this.measureMs = seconds * 1000L;
    }

    /** Busy cores of what {@code cpuSeconds} reads, after a warm-up. */
    double cores(DoubleSupplier cpuSeconds) throws InterruptedException {
        Thread.sleep(warmUpMs);
        double before = cpuSeconds.getAsDouble();
        long startNs = System.nanoTime();
        Thread.sleep(measureMs);
        return (cpuSeconds.getAsDouble() - before) / ((System.nanoTime() - startNs) / 1e9);
    }

    /** This JVM, in seconds. */
    static double self() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow(() -> new IllegalStateException("no processor time of this process"))
                        .toNanos()
                / 1e9;
    }

    /** One thread of this JVM, in seconds. */
    static double thread(String name) {
        for (long id : THREADS.getAllThreadIds()) {
            var info = THREADS.getThreadInfo(id);
            if (info != null && info.getThreadName().equals(name)) {
                return THREADS.getThreadCpuTime(id) / 1e9;
            }
        }
        throw new IllegalStateException("no thread " + name);
    }

    /** A process and its children, which must live. */
    static double process(ChildProcess process) {
        if (!process.alive()) {
            throw new IllegalStateException(process.name() + " ended: " + process.lastLines());
        }
        return process.tree().cpuSeconds();
    }

    static double process(long pid) {
        return ProcessTree.of(pid).cpuSeconds();
    }
}
