package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.Orphans;
import org.sipmgw.process.ProcessId;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** Display, sink and a real Chromium, whose helpers leave tree, session and environment. */
@Tag("fault")
class SeatIT {
    @TempDir
    Path temp;

    static void awaitRenderer(ChildProcess browser) throws InterruptedException {
        Scene.await(
                Duration.ofSeconds(20),
                "a renderer in " + browser.lastLines(),
                () -> browser.tree().processes().stream()
                        .anyMatch(id -> commandLine(id).contains("--type=renderer")));
    }

    private static Stream<ProcessId> renderers(ChildProcess browser) {
        return browser.tree().processes().stream().filter(id -> commandLine(id).contains("--type=renderer"));
    }

    private static String commandLine(ProcessId id) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(id.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private static boolean sandboxed(ProcessId id) {
        try {
            return Scene.status(id.pid(), "Seccomp").equals("2");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void chromiumRunsInItsSandboxAndEndsWithItsSeat() throws Exception {
        try (Scene scene = new Scene(temp)) {
            DisplayPort display = XvfbDisplays.builder(scene.runtime).build().open(320, 240);
            SpeakerPort speaker = PulseSpeakers.builder(scene.runtime).build().open();
            ChildProcess browser = DyingGateway.chromium(scene.runtime, display, speaker);
            awaitRenderer(browser);
            List<ProcessId> all = browser.tree().processes();
            // a renderer shuts itself in a moment after it was started
            Scene.await(
                    "every renderer in its sandbox", () -> renderers(browser).allMatch(SeatIT::sandboxed));
            assertThat(renderers(browser)).isNotEmpty();
            browser.close();
            speaker.close();
            display.close();
            assertThat(all).hasSizeGreaterThan(4).noneMatch(ProcessId::alive);
        }
    }

    @Test
    void nothingOfAKilledChromiumStays() throws Exception {
        try (Scene scene = new Scene(temp)) {
            DisplayPort display = XvfbDisplays.builder(scene.runtime).build().open(320, 240);
            SpeakerPort speaker = PulseSpeakers.builder(scene.runtime).build().open();
            ChildProcess browser = DyingGateway.chromium(scene.runtime, display, speaker);
            awaitRenderer(browser);
            List<ProcessId> all = browser.tree().processes();
            ProcessHandle.of(browser.pid()).orElseThrow().destroyForcibly();
            browser.onExit().toCompletableFuture().get(1, TimeUnit.SECONDS);
            browser.close();
            speaker.close();
            display.close();
            assertThat(all).noneMatch(ProcessId::alive);
        }
    }

    @Test
    void theNextGatewayClearsTheSeatsOfAKilledOneAndNoOther() throws Exception {
        try (Scene scene = new Scene(temp);
                DisplayPort ours = XvfbDisplays.builder(scene.runtime).build().open(320, 240)) {
            Path base = scene.runtime.path().getParent();
            Process gateway = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DyingGateway.class.getName(),
                            base.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                List<Long> tree = new ArrayList<>();
                String socket = readUntilReady(gateway, tree);
                assertThat(Orphans.sweep(base)).isEqualTo(new Orphans.Found(0, 0, 0));
                gateway.destroyForcibly().waitFor();
                assertThat(tree).hasSizeGreaterThan(6).allMatch(SeatIT::runs);

                Orphans.Found swept = Orphans.sweep(base);

                assertThat(swept.owners()).isEqualTo(1);
                assertThat(swept.processes()).isGreaterThanOrEqualTo(tree.size());
                assertThat(tree).noneMatch(SeatIT::runs);
                assertThat(Path.of(socket)).doesNotExist();
                assertThat(base.toFile().list())
                        .containsExactly(scene.runtime.path().getFileName().toString());
                assertThat(ours.ended().toCompletableFuture()).isNotDone();
                assertThat(scene.client(ours.environment(), "xdpyinfo")).isNotEmpty();
            } finally {
                gateway.destroyForcibly().waitFor();
                Orphans.sweep(base);
            }
        }
    }

    /** Collects the process numbers; the path of its display's socket. */
    private static String readUntilReady(Process gateway, List<Long> tree) throws IOException {
        BufferedReader out = gateway.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith("ready")) {
            if (line.startsWith("process")) {
                tree.add(Long.parseLong(line.split(" ", -1)[1]));
            }
            line = out.readLine();
        }
        assertThat(line).as("the other gateway is ready").isNotNull();
        return XvfbDisplays.SOCKETS + "/X" + line.split(" ", -1)[1].substring(1);
    }

    private static boolean runs(long pid) {
        try {
            return !Scene.status(pid, "State").startsWith("Z");
        } catch (IOException gone) {
            return false;
        }
    }
}
