package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.spi.DeviceException;

class ChildProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path temp;

    private RuntimeDirectory runtime;

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
        runtime = RuntimeDirectory.open(temp.resolve("base"), RunAs.ordinaryUser());
    }

    @AfterEach
    void close() {
        runtime.close();
        assertThat(temp.resolve("base")).isEmptyDirectory();
    }

    @Test
    void leadsASessionOfItsOwn() throws Exception {
        try (ChildProcess child = Shell.child(runtime, "echo up; sleep 60").start()) {
            Shell.await(LIMIT, "output", () -> child.lastLines().contains("up"));
            assertThat(new Proc().process(child.pid()).orElseThrow().session()).isEqualTo(child.pid());
        }
    }

    @Test
    void runsAsTheOrdinaryUserWithoutCapabilities() throws Exception {
        try (ChildProcess child = Shell.child(runtime, "grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs)' /proc/self/status")
                .start()) {
            child.onExit().toCompletableFuture().get(10, TimeUnit.SECONDS);
            Shell.await(LIMIT, "output", () -> child.lastLines().size() == 4);
            String uid = Long.toString(runtime.runAs().uid());
            assertThat(child.lastLines()).contains("Uid:\t" + String.join("\t", uid, uid, uid, uid));
            assertThat(child.lastLines()).contains("CapEff:\t0000000000000000");
            if (runtime.runAs().switching()) {
                assertThat(child.lastLines()).contains("CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
            }
        }
    }

    @Test
    void handsOnNothingOfTheGatewaysEnvironmentButWhatIsListed() throws Exception {
        try (ChildProcess child = Shell.child(runtime, "env; touch $HOME/x $TMPDIR/y; pwd")
                .environment(Map.of("DISPLAY", ":7"))
                .keptLines(100)
                .start()) {
            child.onExit().toCompletableFuture().get(10, TimeUnit.SECONDS);
            Shell.await(
                    LIMIT,
                    "output",
                    () -> child.lastLines().contains(child.home().toString()));
            assertThat(child.lastLines()).contains("DISPLAY=:7", runtime.mark(), "HOME=" + child.home());
            assertThat(child.lastLines())
                    .allMatch(line -> line.matches(
                                    "(PATH|LANG|LC_\\w+|TZ|\\w+_(proxy|PROXY)|HOME|XDG_RUNTIME_DIR|TMPDIR"
                                            + "|USER|LOGNAME|DBUS_SESSION_BUS_ADDRESS|SIPMGW_\\w+|DISPLAY|PWD|OLDPWD|SHLVL|_)=.*")
                            || line.equals(child.home().toString()));
            assertThat(child.home().resolve("x")).exists();
        }
    }

    @Test
    void takesItsHomeAlong() throws Exception {
        ChildProcess child = Shell.child(runtime, "mkdir -p $HOME/a/b; ln -s /etc $HOME/a/link; echo made; sleep 60")
                .start();
        Shell.await(LIMIT, "output", () -> child.lastLines().contains("made"));
        child.close();
        assertThat(child.home()).doesNotExist();
        assertThat(Path.of("/etc")).isDirectory();
    }

    @Test
    void endsTheWholeTreeWhereverItWent() throws Exception {
        // own session, lost parent, deaf to SIGTERM, environment wiped: what Chromium's helpers do
        String script =
                "setsid sleep 601 & (setsid sleep 602 &) ; sh -c \"trap '' TERM; echo deaf; sleep 603; sleep 604\" & "
                        + "setsid env -i sleep 605 & sleep 606";
        ChildProcess child =
                Shell.child(runtime, script).grace(Duration.ofMillis(300)).start();
        Shell.await(
                LIMIT,
                "six processes",
                () -> child.tree().processes().size() >= 7 && child.lastLines().contains("deaf"));
        List<ProcessId> all = child.tree().processes();
        child.close();
        assertThat(all).noneMatch(ProcessId::alive);
        assertThat(child.alive()).isFalse();
        child.close();
    }

    @Test
    void endsWhatAKilledProgramLeftBehind() throws Exception {
        ChildProcess child = Shell.child(runtime, "setsid env -i sleep 611 & sleep 612 & sleep 613")
                .start();
        Shell.await(LIMIT, "tree", () -> child.tree().processes().size() == 4);
        List<ProcessId> all = child.tree().processes();
        Signals.send(child.id(), true);
        assertThat(child.onExit().toCompletableFuture().get(1, TimeUnit.SECONDS))
                .isEqualTo(128 + 9);
        assertThat(all.stream().filter(ProcessId::alive)).hasSize(3);
        child.close();
        assertThat(all).noneMatch(ProcessId::alive);
    }

    @Test
    void keepsOnlyTheLastLines() throws Exception {
        try (ChildProcess child =
                Shell.child(runtime, "seq 1 20000; exit 3").keptLines(5).start()) {
            assertThat(child.onExit().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(3);
            Shell.await(LIMIT, "last line", () -> child.lastLines().contains("20000"));
            assertThat(child.lastLines()).containsExactly("19996", "19997", "19998", "19999", "20000");
            assertThat(child.failure("start", "no answer"))
                    .hasMessageContaining("ended with 3")
                    .hasMessageContaining("20000");
        }
    }

    @Test
    void saysWhatToInstallWhenTheProgramIsMissing() {
        assertThatThrownBy(() -> ChildProcess.builder(runtime, "x", List.of("no-such-program"))
                        .remedy("install the package nosuch")
                        .start())
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no-such-program is not installed")
                .hasMessageContaining("nosuch");
    }

    @Test
    void measuresProcessorTimeAndMemoryOfATree() throws Exception {
        try (ChildProcess child =
                Shell.child(runtime, "sh -c 'while :; do :; done' & wait").start()) {
            Shell.await(LIMIT, "processor time", () -> child.tree().cpuSeconds() > 0.2);
            assertThat(ProcessTree.of(child.pid()).processes()).hasSize(2);
            assertThat(child.tree().memoryBytes()).isBetween(100_000L, 50_000_000L);
        }
    }

    @Test
    void othersCannotLookIntoItsHome() throws Exception {
        assumeThat(runtime.runAs().switching()).as("needs root to be seen").isTrue();
        try (ChildProcess child = Shell.child(runtime, "ls " + runtime.path() + "; stat -c %a:%u $HOME")
                .start()) {
            Shell.await(LIMIT, "output", () -> child.lastLines().size() >= 2);
            assertThat(child.lastLines()).anyMatch(l -> l.contains("Permission denied"));
            assertThat(child.lastLines()).contains("700:" + runtime.runAs().uid());
        }
    }
}
