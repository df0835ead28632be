package org.sipmgw.process;

import java.util.Optional;

/** What {@code /proc/PID/stat} says of a process; times in clock ticks. See proc(5). */
record ProcStat(long pid, long parent, long session, char state, long cpuTicks, long reapedCpuTicks, long startTicks) {

    /** Fields behind the command's closing bracket; the first of them (state) is field 3 of proc(5). */
    private static final int FIRST_FIELD = 3;

    private static final int FIELDS_NEEDED = 22 - FIRST_FIELD + 1;

    static Optional<ProcStat> parse(String line) {
        // the command may hold blanks and brackets of its own: only the last bracket counts
        int commandStart = line.indexOf('(');
        int commandEnd = line.lastIndexOf(')');
        if (commandStart < 1 || commandEnd < commandStart) {
            return Optional.empty();
        }
        String[] fields = line.substring(commandEnd + 1).trim().split(" ", -1);
        if (fields.length < FIELDS_NEEDED || fields[0].length() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcStat(
                    Long.parseLong(line.substring(0, commandStart).trim()),
                    field(fields, 4),
                    field(fields, 6),
                    fields[0].charAt(0),
                    field(fields, 14) + field(fields, 15),
                    field(fields, 16) + field(fields, 17),
                    field(fields, 22)));
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static long field(String[] fields, int number) {
        return Long.parseLong(fields[number - FIRST_FIELD]);
    }

    ProcessId id() {
        return new ProcessId(pid, startTicks);
    }

    /** Ended, and at most waiting for its parent to take note: no signal changes anything. */
    boolean dead() {
        return state == 'Z' || state == 'X' || state == 'x';
    }
}
