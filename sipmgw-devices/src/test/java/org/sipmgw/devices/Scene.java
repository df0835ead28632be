package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;

/** A runtime directory of the test's own, and what must be as before when everything is closed. */
final class Scene implements AutoCloseable {
    private final Path base;
    private final Set<String> socketsBefore;
    private final Set<String> threadsBefore;
    final RuntimeDirectory runtime;

    Scene(Path temp) throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
        // not below temp: Chromium's sockets would get too long a path
        base = Files.createTempDirectory("s");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
        socketsBefore = sockets();
        threadsBefore = threads();
        runtime = RuntimeDirectory.open(base, RunAs.ordinaryUser());
    }

    /** Runs a client as the ordinary user and returns what it printed. */
    List<String> client(Map<String, String> environment, String... command) throws Exception {
        ChildProcess client = ChildProcess.builder(runtime, "client", List.of(command))
                .environment(environment)
                .keptLines(10_000)
                .start();
        int code;
        try {
            code = client.onExit().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } finally {
            // all it printed is read now
            client.close();
        }
        assertThat(code).as("%s", client.lastLines()).isZero();
        return client.lastLines();
    }

    /** Processes that carry this gateway's mark. */
    List<Long> marked() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(p -> p.getFileName().toString().matches("\\d+"))
                    .filter(p -> environment(p).contains(runtime.mark()))
                    .map(p -> Long.parseLong(p.getFileName().toString()))
                    .toList();
        }
    }

    private static String environment(Path process) {
        try {
            return Files.readString(process.resolve("environ"), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Nothing more than at the beginning. */
    void assertNothingLeft() throws Exception {
        assertThat(marked()).as("processes").isEmpty();
        assertThat(sockets()).as("X sockets").isSubsetOf(socketsBefore);
        await("threads " + threads(), () -> threadsBefore.containsAll(threads()));
        try (Stream<Path> inside = Files.list(runtime.path())) {
            assertThat(inside.map(p -> p.getFileName().toString().replaceAll("\\d+$", "")))
                    .as("files")
                    .allMatch(name -> List.of("lock", "journal", "xauth").contains(name));
        }
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        assertThat(marked()).isEmpty();
        assertThat(base).isEmptyDirectory();
        Files.delete(base);
    }

    static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sipmgw"))
                .forEach(names::add);
        return names;
    }

    /** X sockets whose server is ours or dead; other people's come and go. */
    private Set<String> sockets() throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(XvfbDisplays.SOCKETS)) {
            try (Stream<Path> all = Files.list(XvfbDisplays.SOCKETS)) {
                all.filter(Scene::refuses).forEach(p -> names.add(p.toString()));
            }
        }
        return names;
    }

    private static boolean refuses(Path socket) {
        try (var channel = java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(socket))) {
            return !channel.isConnected();
        } catch (java.nio.file.NoSuchFileException gone) {
            return false;
        } catch (IOException refused) {
            return Files.exists(socket);
        }
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(Duration.ofSeconds(5), what, condition);
    }

    static void await(Duration limit, String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(10);
        }
    }

    /** A line of /proc/PID/status. */
    static String status(long pid, String key) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).trim())
                .findFirst()
                .orElseThrow();
    }
}
