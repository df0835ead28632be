package org.sipmgw.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code /proc}. A process that ends while it is read is simply absent. */
final class Proc {
    private final Path root;

    Proc() {
        this(Path.of("/proc"));
    }

    Proc(Path root) {
        this.root = root;
    }

    Optional<ProcStat> process(long pid) {
        return read(pid, "stat").flatMap(ProcStat::parse);
    }

    /** All processes that can be seen and live. */
    List<ProcStat> processes() {
        List<ProcStat> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
            for (Path entry : entries) {
                process(Long.parseLong(String.valueOf(entry.getFileName())))
                        .filter(p -> !p.dead())
                        .ifPresent(found::add);
            }
        } catch (DirectoryIteratorException | IOException | NumberFormatException e) {
            throw new UncheckedIOException(new IOException("cannot list " + root, e));
        }
        return found;
    }

    /** Whether the process was started with exactly this entry ({@code KEY=value}) in its environment. */
    boolean startedWith(long pid, String entry) {
        return read(pid, "environ")
                .filter(all -> ("\0" + all).contains("\0" + entry + "\0"))
                .isPresent();
    }

    /** Whether the process was started with an entry that begins so. */
    boolean startedWithPrefix(long pid, String start) {
        return read(pid, "environ")
                .filter(all -> ("\0" + all).contains("\0" + start))
                .isPresent();
    }

    /** The real user id, or -1 when the process is gone. */
    long uid(long pid) {
        return number(pid, "status", "Uid:").orElse(-1L);
    }

    /**
     * Memory in bytes, shared pages counted by their share (PSS); what is resident when the kernel does not show that
     * to us (a sandboxed process of an ordinary user).
     */
    long memoryBytes(long pid) {
        return number(pid, "smaps_rollup", "Pss:")
                        .or(() -> number(pid, "status", "VmRSS:"))
                        .orElse(0L)
                * 1024;
    }

    /** The first number behind a label at the start of a line. */
    private Optional<Long> number(long pid, String file, String label) {
        return read(pid, file)
                .flatMap(text -> text.lines().filter(l -> l.startsWith(label)).findFirst())
                .map(line ->
                        Long.parseLong(line.substring(label.length()).trim().split("\\s+", 2)[0]));
    }

    /** A number that differs between boots and between PID namespaces: only within it does a process number mean anything. */
    String scope() {
        try {
            String boot =
                    Files.readString(root.resolve("sys/kernel/random/boot_id")).trim();
            String namespace =
                    Files.readSymbolicLink(root.resolve("self/ns/pid")).toString();
            return Integer.toString((boot + namespace).hashCode() & Integer.MAX_VALUE, Character.MAX_RADIX);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root, e);
        }
    }

    private Optional<String> read(long pid, String file) {
        try {
            byte[] bytes = Files.readAllBytes(root.resolve(Long.toString(pid)).resolve(file));
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException goneOrForbidden) {
            return Optional.empty();
        }
    }
}
