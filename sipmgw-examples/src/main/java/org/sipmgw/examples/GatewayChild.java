package org.sipmgw.examples;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.sipmgw.process.ProcessId;
import org.sipmgw.process.ProcessTree;

/** A gateway in a JVM of its own, watched from outside: {@code run --config FILE --events}. Closing ends it. */
final class GatewayChild implements AutoCloseable {

    private static final long END_SECONDS = 30;
    private static final long POLL_MS = 20;

    private final Process process;
    private final ProcessId id;
    private final Writer commands;
    private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
    private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();

    private GatewayChild(Process process) throws IOException {
        this.process = process;
        this.id = ProcessId.of(process.pid()).orElseThrow(() -> new IOException("the gateway ended at once"));
        this.commands = process.outputWriter();
        Thread reader = new Thread(this::read, "gateway-events");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one with this JVM's class path; what it logs goes to {@code log}. */
    static GatewayChild start(Path config, Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new GatewayChild(new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.sipmgw.examples.Main",
                        "run",
                        "--config",
                        config.toString(),
                        "--events")
                .redirectError(log.toFile())
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** Its process, also when that has ended. */
    ProcessId id() {
        return id;
    }

    boolean alive() {
        return process.isAlive();
    }

    List<Map<String, Object>> events() {
        return events;
    }

    /** How many events there are; later ones begin there. */
    int mark() {
        return events.size();
    }

    /** Waits for an event of that name, from number {@code from} on, that fits. */
    Map<String, Object> await(int from, String name, Predicate<Map<String, Object>> fits, long timeoutMs)
            throws IOException {
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        while (System.nanoTime() < end) {
            Optional<Map<String, Object>> found = find(from, name, fits);
            if (found.isPresent()) {
                return found.get();
            }
            if (!process.isAlive()) {
                throw new IOException("the gateway ended with " + process.exitValue());
            }
            pause();
        }
        throw new IOException("the gateway did not report '" + name + "' within " + timeoutMs + " ms");
    }

    Optional<Map<String, Object>> find(int from, String name, Predicate<Map<String, Object>> fits) {
        return events.stream()
                .skip(from)
                .filter(e -> name.equals(e.get("event")) && fits.test(e))
                .findFirst();
    }

    /** What it holds now. */
    Map<String, Object> inventory() throws IOException {
        int from = mark();
        command("inventory");
        return await(from, "inventory", e -> true, 5000);
    }

    void command(String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
    }

    /** Notes the processes it has now, to ask for them later. */
    void noteChildren() {
        process.descendants().forEach(children::add);
    }

    /** Those of the noted processes that still live, and all that bear its mark. */
    Set<Long> survivors() {
        Set<Long> living = new HashSet<>();
        children.stream().filter(ProcessHandle::isAlive).forEach(one -> living.add(one.pid()));
        ProcessTree.startedBy(id).processes().forEach(one -> living.add(one.pid()));
        return living;
    }

    /** Ends it at once, as a crash would. */
    void kill() throws IOException {
        noteChildren();
        process.destroyForcibly();
        waitFor();
    }

    @Override
    public void close() {
        noteChildren();
        try {
            commands.close();
            if (!waitFor()) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    private boolean waitFor() throws IOException {
        try {
            return process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("{")) {
                    events.add(JSON.std.mapFrom(line));
                }
            }
        } catch (IOException e) {
            System.getLogger(GatewayChild.class.getName()).log(System.Logger.Level.DEBUG, "closed", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
