package org.sipmgw.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what belongs to one child (or one dead gateway), by four proofs: it is a process we know, it is in the session of
 * a living process we started, it carries our mark in the environment, or it descends from one of these. None alone is
 * enough: Chromium's zygotes overwrite their environment, its crash handlers leave tree and session.
 *
 * <p>Not thread-safe. Remembers what it found, so that a process whose parent ends between two looks is not lost.
 */
final class Kin {
    private final Proc proc;
    private final String mark;
    private final Set<ProcessId> leaders;
    private final Set<Long> uids;
    private final long sinceTicks;
    private final Set<ProcessId> known = new HashSet<>();

    /**
     * @param mark the entry of the environment that only these processes have
     * @param leaders first processes of sessions that are ours
     * @param uids users that ours can run as; others are never touched
     * @param sinceTicks before this none of them was started; spares reading the environment of all others
     */
    Kin(Proc proc, String mark, Set<ProcessId> leaders, Set<Long> uids, long sinceTicks) {
        this.proc = proc;
        this.mark = mark;
        this.leaders = Set.copyOf(leaders);
        this.uids = Set.copyOf(uids);
        this.sinceTicks = sinceTicks;
        known.addAll(leaders);
    }

    /** Who lives now; never this JVM. */
    List<ProcStat> living() {
        List<ProcStat> all = proc.processes();
        Map<Long, ProcStat> byPid = all.stream().collect(Collectors.toMap(ProcStat::pid, p -> p, (a, b) -> a));
        // the number of a session can be used again once its leader and all members are gone: only a living leader
        // proves
        Set<Long> sessions = leaders.stream()
                .filter(l -> isNow(byPid, l))
                .map(ProcessId::pid)
                .collect(Collectors.toCollection(HashSet::new));
        Set<Long> seeds = new HashSet<>();
        for (ProcStat p : all) {
            if (known.contains(p.id()) || sessions.contains(p.session()) || marked(p)) {
                seeds.add(p.pid());
            }
        }
        seeds.remove(ProcessHandle.current().pid());
        List<ProcStat> kin = new ArrayList<>(ProcessTree.withDescendants(all, seeds));
        kin.removeIf(p -> !known.contains(p.id()) && !uids.contains(proc.uid(p.pid())));
        kin.forEach(p -> known.add(p.id()));
        return kin;
    }

    private boolean marked(ProcStat p) {
        return p.startTicks() >= sinceTicks && proc.startedWith(p.pid(), mark);
    }

    private static boolean isNow(Map<Long, ProcStat> byPid, ProcessId id) {
        ProcStat now = byPid.get(id.pid());
        return now != null && now.startTicks() == id.startTicks();
    }

    /**
     * Ends them all: asks (SIGTERM), waits, then forces (SIGKILL) until none is left. How many processes it met.
     *
     * @param graceMs how long to wait before forcing
     * @param limitMs when to give up on what does not even die from SIGKILL (a process stuck in the kernel)
     */
    Ended end(long graceMs, long limitMs) {
        Map<ProcessId, Boolean> asked = new HashMap<>();
        long startNs = System.nanoTime();
        long pauseMs = 2;
        while (true) {
            List<ProcStat> living = living();
            long elapsedMs = (System.nanoTime() - startNs) / 1_000_000;
            if (living.isEmpty() || elapsedMs > limitMs) {
                return new Ended(asked.size(), living.size());
            }
            boolean force = elapsedMs >= graceMs;
            for (ProcStat p : living) {
                if (force || asked.putIfAbsent(p.id(), true) == null) {
                    Signals.send(p.id(), force);
                }
                asked.putIfAbsent(p.id(), true);
            }
            Signals.pause(pauseMs);
            pauseMs = Math.min(20, pauseMs * 2);
        }
    }

    /**
     * @param processes how many were found
     * @param left how many of them could not be ended
     */
    record Ended(int processes, int left) {}
}
