package org.sipmgw.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sipmgw.process.ProcessTree;

/** Processor time and memory of the gateway alone, part by part, read from /proc. */
final class Load {

    private final long jvm;
    private final Map<String, Long> roots = new LinkedHashMap<>();

    Load(long jvm, long browser, long display, long sound) {
        this.jvm = jvm;
        roots.put("browser", browser);
        roots.put("display", display);
        roots.put("sound", sound);
    }

    /**
     * One reading.
     *
     * @param atNs when
     * @param cpuSeconds used so far, by part
     * @param memoryMb by part
     */
    record Reading(long atNs, Map<String, Double> cpuSeconds, Map<String, Double> memoryMb) {

        /** Cores busy since an earlier reading, by part. */
        Map<String, Double> coresSince(Reading earlier) {
            Map<String, Double> cores = new LinkedHashMap<>();
            double seconds = (atNs - earlier.atNs) / 1e9;
            cpuSeconds.forEach((part, used) ->
                    cores.put(part, Math.max(0, used - earlier.cpuSeconds.getOrDefault(part, used)) / seconds));
            return cores;
        }
    }

    /** Reads now; {@code total} is the JVM with everything under it, a waiting spare browser included. */
    Reading read() {
        Map<String, Double> cpu = new LinkedHashMap<>();
        Map<String, Double> memory = new LinkedHashMap<>();
        ProcessTree whole = ProcessTree.of(jvm);
        put("total", whole, cpu, memory);
        roots.forEach((part, pid) -> put(part, ProcessTree.of(pid), cpu, memory));
        double jvmCpu = ProcessHandle.of(jvm)
                .flatMap(p -> p.info().totalCpuDuration())
                .map(d -> d.toMillis() / 1000.0)
                .orElse(0.0);
        cpu.put("jvm", jvmCpu);
        memory.put("jvm", whole.memoryBytes() / 1e6 - children());
        return new Reading(System.nanoTime(), cpu, memory);
    }

    private double children() {
        List<Long> below = ProcessHandle.of(jvm).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
        return ProcessTree.of(below).memoryBytes() / 1e6;
    }

    private static void put(String part, ProcessTree tree, Map<String, Double> cpu, Map<String, Double> memory) {
        cpu.put(part, tree.cpuSeconds());
        memory.put(part, tree.memoryBytes() / 1e6);
    }
}
