package org.sipmgw.process;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whose processes and files these are: one gateway process. Its text is the name of the runtime directory and the mark
 * in the environment of every child; short (numbers to the base 36, at most 26 characters), because paths of unix sockets
 * are: Chromium's own lies 46 characters below its temporary directory.
 *
 * @param process the gateway
 * @param scope the boot and PID namespace in which that process number means something
 * @param serial tells several runtime directories of one process apart
 */
record Owner(ProcessId process, String scope, String serial) {
    private static final int RADIX = 36;
    private static final int SERIALS = RADIX * RADIX * RADIX;

    static Owner current() {
        Proc proc = new Proc();
        ProcStat own = proc.process(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
        String serial = Integer.toString(ThreadLocalRandom.current().nextInt(SERIALS), RADIX);
        return new Owner(own.id(), proc.scope(), serial);
    }

    static Optional<Owner> parse(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 4 || !text.matches("[0-9a-z]{1,13}(-[0-9a-z]{1,13}){3}")) {
            return Optional.empty();
        }
        try {
            ProcessId process = new ProcessId(Long.parseLong(parts[0], RADIX), Long.parseLong(parts[1], RADIX));
            return Optional.of(new Owner(process, parts[2], parts[3]));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** What children carry in their environment. */
    String mark() {
        return ChildProcess.OWNER_VARIABLE + "=" + this;
    }

    /** How the marks of all runtime directories of one process begin. */
    static String markPrefix(ProcessId process) {
        return ChildProcess.OWNER_VARIABLE + "=" + text(process) + "-";
    }

    private static String text(ProcessId process) {
        return Long.toString(process.pid(), RADIX) + "-" + Long.toString(process.startTicks(), RADIX);
    }

    @Override
    public String toString() {
        return text(process) + "-" + scope + "-" + serial;
    }
}
