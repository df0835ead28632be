package org.sipmgw.process;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some processes and all their living descendants, at one moment. Immutable; take a new one for each reading. What is
 * reparented before it is looked at (a daemon) is no descendant any more: {@link ChildProcess#tree()} finds these too.
 */
public final class ProcessTree {
    /** Linux shows times in 1/100 s (USER_HZ) on every machine Java runs on. */
    private static final double TICKS_PER_SECOND = 100.0;

    private final Proc proc;
    private final List<ProcStat> members;

    ProcessTree(Proc proc, List<ProcStat> members) {
        this.proc = proc;
        this.members = List.copyOf(members);
    }

    /** The processes with these numbers and their descendants; numbers that do not live are left out. */
    public static ProcessTree of(Collection<Long> pids) {
        Proc proc = new Proc();
        List<ProcStat> all = proc.processes();
        Set<Long> seeds = new HashSet<>(pids);
        return new ProcessTree(proc, withDescendants(all, seeds));
    }

    /** The process with this number and its descendants. */
    public static ProcessTree of(long pid) {
        return of(List.of(pid));
    }

    /**
     * Everything around the browsers that this gateway started and that lives, whether the gateway itself still lives or
     * not; not the gateway. To be asked from another process: what a gateway left behind, what it costs.
     */
    public static ProcessTree startedBy(ProcessId gateway) {
        Proc proc = new Proc();
        List<ProcStat> all = proc.processes();
        String mark = Owner.markPrefix(gateway);
        Set<Long> marked = all.stream()
                .filter(p -> p.startTicks() >= gateway.startTicks() && proc.startedWithPrefix(p.pid(), mark))
                .map(ProcStat::pid)
                .collect(Collectors.toSet());
        return new ProcessTree(proc, withDescendants(all, marked));
    }

    static List<ProcStat> withDescendants(List<ProcStat> all, Set<Long> seeds) {
        Map<Long, List<ProcStat>> children = all.stream().collect(Collectors.groupingBy(ProcStat::parent));
        Map<Long, ProcStat> found = new HashMap<>();
        all.stream().filter(p -> seeds.contains(p.pid())).forEach(p -> add(p, children, found));
        return List.copyOf(found.values());
    }

    private static void add(ProcStat process, Map<Long, List<ProcStat>> children, Map<Long, ProcStat> found) {
        if (found.putIfAbsent(process.pid(), process) == null) {
            children.getOrDefault(process.pid(), List.of()).forEach(child -> add(child, children, found));
        }
    }

    /** Who belongs to it. */
    public List<ProcessId> processes() {
        return members.stream().map(ProcStat::id).toList();
    }

    /** Processor time used so far, user and system, in seconds; that of children that ended and were waited for included. */
    public double cpuSeconds() {
        return members.stream()
                        .mapToLong(p -> p.cpuTicks() + p.reapedCpuTicks())
                        .sum()
                / TICKS_PER_SECOND;
    }

    /** Memory in bytes, shared pages by their share (PSS), or resident where the kernel does not show it to us. */
    public long memoryBytes() {
        return members.stream().mapToLong(p -> proc.memoryBytes(p.pid())).sum();
    }
}
