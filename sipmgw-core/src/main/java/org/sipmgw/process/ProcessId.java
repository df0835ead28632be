package org.sipmgw.process;

import java.util.Optional;

/**
 * One process for ever: its number can be used again, number and start time together cannot.
 *
 * @param pid the process number
 * @param startTicks clock ticks (1/100 s) between the machine's boot and the start of the process, field 22 of
 *     {@code /proc/PID/stat}
 */
public record ProcessId(long pid, long startTicks) {

    /** The process that has this number now; empty when none lives. */
    public static Optional<ProcessId> of(long pid) {
        return new Proc().process(pid).filter(p -> !p.dead()).map(ProcStat::id);
    }

    /** Whether this very process runs; a zombie does not. */
    public boolean alive() {
        return new Proc()
                .process(pid)
                .filter(p -> p.startTicks() == startTicks && !p.dead())
                .isPresent();
    }

    @Override
    public String toString() {
        return pid + "-" + startTicks;
    }
}
