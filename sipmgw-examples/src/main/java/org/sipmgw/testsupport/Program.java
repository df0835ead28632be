package org.sipmgw.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program of the other side (Janus, baresip, ffmpeg …) in a directory of its own. Closing ends it and its children. */
final class Program implements AutoCloseable {

    private static final long END_MS = 3000;

    private final String name;
    private final Process process;
    private final Path log;

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a program; what it prints goes to {@code NAME.log} in its directory. */
    static Program start(List<String> command, Path directory, Map<String, String> environment) throws IOException {
        String name = Path.of(command.get(0)).getFileName().toString();
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Program(name, process, log);
    }

    /** Runs a program to its end. */
    static void run(List<String> command, Path directory, long timeoutMs) throws IOException {
        try (Program program = start(command, directory, Map.of())) {
            if (!program.process.waitFor(timeoutMs, TimeUnit.MILLISECONDS) || program.process.exitValue() != 0) {
                throw new IOException(program.name + " failed: " + program.lastWords());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits until {@code ready}; fails when the program ends first or time is over. */
    void await(BooleanSupplier ready, long timeoutMs) throws IOException {
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IOException(name + " ended: " + lastWords());
            }
            if (System.nanoTime() > end) {
                throw new IOException(name + " is not ready after " + timeoutMs + " ms: " + lastWords());
            }
            pause(20);
        }
    }

    /** The end of what it printed. */
    String lastWords() {
        String all = output().strip();
        return all.substring(Math.max(0, all.length() - 600));
    }

    /** All that it printed. */
    String output() {
        try {
            return Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "(no output)";
        }
    }

    /** Ends it at once, as a crash would. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        end(END_MS);
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!end(END_MS)) {
            process.destroyForcibly();
            end(END_MS);
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean end(long timeoutMs) {
        try {
            return process.waitFor(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
