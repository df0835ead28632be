package org.sipmgw.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.sipmgw.spi.DeviceException;

/**
 * A program around the browser: started as the ordinary user in a session of its own, with an environment that holds
 * nothing of the gateway's, ended together with everything it started. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
    /** The variable that marks every child's environment with its gateway. */
    public static final String OWNER_VARIABLE = "SIPMGW_OWNER";

    /** The variable that marks what one child started. */
    static final String CHILD_VARIABLE = "SIPMGW_CHILD";

    private static final System.Logger LOG = System.getLogger(ChildProcess.class.getName());
    /** What does not die from SIGKILL for this long is stuck in the kernel. */
    private static final long STUCK_MS = 10_000;

    private static final long OUTPUT_MS = 1000;

    private final String name;
    private final RuntimeDirectory runtime;
    private final Process process;
    private final ProcessId id;
    private final Path home;
    private final OutputLog output;
    private final long graceMs;
    private final Kin kin;
    private final CompletableFuture<Integer> exit;
    private volatile boolean closing;
    private boolean closed;

    ChildProcess(ChildProcessBuilder from, Process process, ProcessId id, Path home, Kin kin, OutputLog output) {
        this.name = from.name;
        this.runtime = from.runtime;
        this.process = process;
        this.id = id;
        this.home = home;
        this.output = output;
        this.graceMs = from.graceMs;
        this.kin = kin;
        this.exit = process.onExit().thenApply(this::ended);
    }

    /**
     * Prepares to start a program.
     *
     * @param runtime whose child it is
     * @param name short, for messages and threads
     * @param command the program, found on PATH, and its arguments
     */
    public static ChildProcessBuilder builder(RuntimeDirectory runtime, String name, List<String> command) {
        return new ChildProcessBuilder(runtime, name, command);
    }

    /** Everything that must happen once it runs. */
    void begin() {
        output.start();
        runtime.started(this);
        remember();
    }

    private int ended(Process ended) {
        // at once, while what it leaves behind still tells by its session whose it was
        if (!closing) {
            try {
                remember();
            } catch (RuntimeException e) {
                // who waits for the end must learn of it all the same
                LOG.log(System.Logger.Level.WARNING, name + ": what it left behind may not be found", e);
            }
        }
        return ended.exitValue();
    }

    private void remember() {
        synchronized (kin) {
            kin.living();
        }
    }

    /** Short, for messages. */
    public String name() {
        return name;
    }

    /** Its process number, which is its session's and group's too. */
    public long pid() {
        return id.pid();
    }

    /** Its number and start time. */
    public ProcessId id() {
        return id;
    }

    /** Its HOME, XDG_RUNTIME_DIR and TMPDIR, removed when it is closed. */
    public Path home() {
        return home;
    }

    /** Whether the program itself runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** The last lines of its output, oldest first. */
    public List<String> lastLines() {
        return output.lastLines();
    }

    /** Completes with the exit code when the program itself has ended; 128 + signal when it was killed. */
    public CompletionStage<Integer> onExit() {
        return exit.minimalCompletionStage();
    }

    /** It and everything it started that lives, wherever that moved. */
    public ProcessTree tree() {
        synchronized (kin) {
            return new ProcessTree(new Proc(), kin.living());
        }
    }

    /** An exception that says what failed, with the last words of the program; waits up to 2 s for them when it has ended. */
    public DeviceException failure(String step, String detail) {
        boolean ended = !alive();
        if (ended) {
            // the end is seen before its last words are read
            awaitEnd();
        }
        List<String> lines = lastLines();
        String words = String.join(" | ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
        String end = ended ? "; it ended with " + exit.getNow(-1) : "";
        return new DeviceException(name, step, detail + end + (words.isEmpty() ? "" : "; it said: " + words));
    }

    /** Ends it and everything it started (SIGTERM, after the grace time SIGKILL), waits, removes its home. Idempotent. */
    @Override
    public void close() {
        closing = true;
        synchronized (kin) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                endAll();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, name + ": what it started may live on", e);
                process.destroyForcibly();
            }
        }
        try {
            awaitEnd();
        } finally {
            try {
                runtime.delete(home);
            } finally {
                runtime.ended(this);
            }
        }
    }

    private void endAll() {
        Kin.Ended ended = kin.end(graceMs, graceMs + STUCK_MS);
        if (ended.left() > 0) {
            LOG.log(System.Logger.Level.ERROR, "{0}: {1} processes do not end", name, ended.left());
        }
    }

    private void awaitEnd() {
        if (!output.await(OUTPUT_MS)) {
            LOG.log(System.Logger.Level.WARNING, "{0}: somebody still holds its output", name);
        }
        exit.completeOnTimeout(-1, OUTPUT_MS, TimeUnit.MILLISECONDS).join();
    }
}
