package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fault")
class OrphansIT {
    @TempDir
    Path temp;

    private Path base;
    private Path outside;
    private Process gateway;
    private final List<ProcessId> tree = new ArrayList<>();

    @BeforeEach
    void startAnotherGateway() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
        base = temp.resolve("base");
        outside = temp.resolve("outside");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        gateway = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingGateway.class.getName(),
                        base.toString(),
                        outside.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = gateway.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith("ready")) {
            String[] words = line.split(" ", -1);
            tree.add(new ProcessId(Long.parseLong(words[0]), Long.parseLong(words[1])));
            line = out.readLine();
        }
        assertThat(line).as("the other gateway is ready").isNotNull();
    }

    @AfterEach
    void endAll() throws Exception {
        gateway.destroyForcibly().waitFor();
        Orphans.sweep(base);
    }

    @Test
    void leavesALivingGatewayAlone() {
        assertThat(Orphans.count(base)).isEqualTo(new Orphans.Found(0, 0, 0));
        assertThat(Orphans.sweep(base)).isEqualTo(new Orphans.Found(0, 0, 0));
        assertThat(tree).hasSize(5).allMatch(ProcessId::alive);
        ProcessId id = ProcessId.of(gateway.pid()).orElseThrow();
        assertThat(ProcessTree.startedBy(id).processes()).containsExactlyInAnyOrderElementsOf(tree);
        assertThat(outside).exists();
    }

    @Test
    void endsWhatAKilledGatewayLeftAndNothingElse() throws Exception {
        Process stranger = new ProcessBuilder("setsid", "sleep", "710").start();
        try (RuntimeDirectory own = RuntimeDirectory.open(base, RunAs.ordinaryUser());
                ChildProcess ours = Shell.child(own, "sleep 711").start()) {
            ProcessId id = ProcessId.of(gateway.pid()).orElseThrow();
            assertThat(Orphans.count(List.of(base), id)).as("it lives").isEqualTo(new Orphans.Found(0, 0, 0));
            gateway.destroyForcibly().waitFor();
            assertThat(tree).allMatch(ProcessId::alive);
            Orphans.Found found = Orphans.count(base);
            assertThat(found.owners()).isEqualTo(1);
            assertThat(found.files()).isEqualTo(1);
            assertThat(found.processes()).isEqualTo(5);
            assertThat(Orphans.count(List.of(base), id)).isEqualTo(found);
            ProcessId another = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();
            assertThat(Orphans.count(List.of(base), another)).isEqualTo(new Orphans.Found(0, 0, 0));

            assertThat(Orphans.sweep(base)).isEqualTo(found);

            assertThat(tree).noneMatch(ProcessId::alive);
            assertThat(outside).doesNotExist();
            assertThat(base).isDirectoryContaining(p -> p.equals(own.path()));
            assertThat(base.toFile().list()).hasSize(1);
            assertThat(ours.alive()).isTrue();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(Orphans.count(base)).isEqualTo(new Orphans.Found(0, 0, 0));
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void keepsAFileThatSomebodyElseMadeAgain() throws Exception {
        gateway.destroyForcibly().waitFor();
        Files.delete(outside);
        Thread.sleep(Duration.ofMillis(5).toMillis());
        Files.writeString(outside, "another one's");
        Orphans.sweep(base);
        assertThat(outside).hasContent("another one's");
    }
}
