package org.sipmgw.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/** Reads what a child prints on a thread of its own and keeps the last lines. However much it prints, memory is bounded. */
final class OutputLog {
    private static final System.Logger LOG = System.getLogger(ChildProcess.class.getName());
    private static final int MAX_LINE_CHARS = 1000;

    private final String name;
    private final int maxLines;
    private final Consumer<String> listener;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final Thread thread;

    OutputLog(String name, InputStream in, int maxLines, Consumer<String> listener) {
        this.name = name;
        this.maxLines = maxLines;
        this.listener = listener;
        this.thread = new Thread(() -> read(in), "sipmgw-output-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    List<String> lastLines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Waits until everything printed was read; whether it was. A process that escaped may hold the pipe for ever. */
    boolean await(long timeoutMs) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(timeoutMs);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void read(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    take(line.toString());
                    line.setLength(0);
                } else if (line.length() < MAX_LINE_CHARS && c != '\r') {
                    line.append((char) c);
                }
            }
            if (line.length() > 0) {
                take(line.toString());
            }
        } catch (IOException closed) {
            LOG.log(System.Logger.Level.TRACE, name, closed);
        }
    }

    private void take(String line) {
        synchronized (lines) {
            if (lines.size() == maxLines) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
        LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", name, line);
        try {
            listener.accept(line);
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "Listener of " + name, bug);
        }
    }
}
