package org.sipmgw.process;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whose processes and files these are: one gateway process. Its text is the name of the runtime directory and the mark
 * in the environment of every child.
 *
 * @param process the gateway
 * @param scope the boot and PID namespace in which that process number means something
 * @param serial tells several runtime directories of one process apart
 */
record Owner(ProcessId process, String scope, String serial) {

    static Owner current() {
        Proc proc = new Proc();
        ProcStat own = proc.process(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
        String serial = Integer.toHexString(ThreadLocalRandom.current().nextInt() | Integer.MIN_VALUE);
        return new Owner(own.id(), proc.scope(), serial);
    }

    static Optional<Owner> parse(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 4 || !parts[2].matches("[0-9a-f]+") || !parts[3].matches("[0-9a-f]+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Owner(new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1])), parts[2], parts[3]));
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    /** What children carry in their environment. */
    String mark() {
        return ChildProcess.OWNER_VARIABLE + "=" + this;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s-%s-%s", process, scope, serial);
    }
}
