package org.sipmgw.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.DeviceException;

/** How a child is started. Not thread-safe. */
public final class ChildProcessBuilder {
    /** What of the gateway's own environment a child needs; nothing else is handed on. */
    private static final List<String> HANDED_ON = List.of(
            "PATH",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY");

    /** Of the 107 bytes of a unix socket's path, what Chromium leaves for its temporary directory; it fails silently else. */
    private static final int SOCKET_ROOM = 107 - 46;

    private static final System.Logger LOG = System.getLogger(ChildProcess.class.getName());

    final RuntimeDirectory runtime;
    final String name;
    final List<String> command;
    final Map<String, String> environment = new HashMap<>();
    private int keptLines = 50;
    long graceMs = 2000;
    private String remedy = "";
    private Consumer<String> onLine = line -> {};
    private @Nullable Path directory;

    ChildProcessBuilder(RuntimeDirectory runtime, String name, List<String> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no command");
        }
        this.runtime = runtime;
        this.name = name;
        this.command = List.copyOf(command);
    }

    /** Adds to its environment, which else holds PATH, language, time zone, proxies, HOME, XDG_RUNTIME_DIR and TMPDIR. */
    public ChildProcessBuilder environment(Map<String, String> entries) {
        environment.putAll(entries);
        return this;
    }

    /** Its working directory; its home where not given. */
    public ChildProcessBuilder directory(Path workingDirectory) {
        this.directory = workingDirectory;
        return this;
    }

    /** How many lines of its output are kept; 50 where not given. */
    public ChildProcessBuilder keptLines(int lines) {
        if (lines < 1) {
            throw new IllegalArgumentException("keptLines " + lines);
        }
        this.keptLines = lines;
        return this;
    }

    /** How long it may take to end when asked, before it is killed; 2 s where not given. */
    public ChildProcessBuilder grace(Duration time) {
        this.graceMs = time.toMillis();
        return this;
    }

    /** What to do when it cannot be started, for the message: the Debian package to install. */
    public ChildProcessBuilder remedy(String sentence) {
        this.remedy = sentence;
        return this;
    }

    /** Told every line of its output (both streams), on the thread that reads it; must not block. */
    public ChildProcessBuilder onLine(Consumer<String> listener) {
        this.onLine = listener;
        return this;
    }

    /**
     * Starts it.
     *
     * @throws DeviceException when the program is not there or cannot be started
     */
    public ChildProcess start() {
        requireProgram(command.get(0));
        requireProgram("setsid");
        if (runtime.runAs().switching()) {
            requireProgram("setpriv");
        }
        Path home = runtime.newDirectory(name);
        if (home.toString().length() > SOCKET_ROOM) {
            LOG.log(System.Logger.Level.WARNING, "{0} may be too long a path for the sockets of {1}", home, name);
        }
        try {
            return start(home);
        } catch (IOException | RuntimeException e) {
            runtime.delete(home);
            throw e instanceof DeviceException known ? known : new DeviceException(name, "start", e + hint(), e);
        }
    }

    private ChildProcess start(Path home) throws IOException {
        String child = runtime.path().getFileName() + "/" + runtime.nextSerial();
        ProcessBuilder builder = new ProcessBuilder(commandLine())
                .directory((directory == null ? home : directory).toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        fill(builder.environment(), home, child);
        Process process = builder.start();
        OutputLog output = new OutputLog(name, process.getInputStream(), keptLines, onLine);
        ProcessId id = new Proc()
                .process(process.pid())
                .map(ProcStat::id)
                // it has ended already: a start time that no process has
                .orElse(new ProcessId(process.pid(), -1));
        Kin kin = new Kin(
                new Proc(),
                ChildProcess.CHILD_VARIABLE + "=" + child,
                Set.of(id),
                Set.of(runtime.runAs().uid()),
                Math.max(0, id.startTicks()));
        ChildProcess started = new ChildProcess(this, process, id, home, kin, output);
        try {
            started.begin();
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** setsid first: it does not fork here, so the process keeps the number that Java knows. */
    List<String> commandLine() {
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(runtime.runAs().prefix());
        line.addAll(command);
        return line;
    }

    private void fill(Map<String, String> target, Path home, String child) {
        Map<String, String> own = Map.copyOf(target);
        target.clear();
        HANDED_ON.stream().filter(own::containsKey).forEach(key -> target.put(key, own.get(key)));
        for (String key : List.of("HOME", "XDG_RUNTIME_DIR", "TMPDIR")) {
            target.put(key, home.toString());
        }
        // without a session bus libdbus would start one of its own
        target.put("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        target.put("USER", runtime.runAs().user());
        target.put("LOGNAME", runtime.runAs().user());
        target.putAll(environment);
        target.put(ChildProcess.OWNER_VARIABLE, runtime.mark().substring(ChildProcess.OWNER_VARIABLE.length() + 1));
        target.put(ChildProcess.CHILD_VARIABLE, child);
    }

    private void requireProgram(String program) {
        if (Programs.find(program).isEmpty()) {
            throw new DeviceException(name, "start", program + " is not installed" + hint());
        }
    }

    private String hint() {
        return remedy.isEmpty() ? "" : "; " + remedy;
    }
}
