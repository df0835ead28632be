package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildEndTest {
    @TempDir
    Path temp;

    @Test
    @Tag("fault")
    void theEndIsToldAlsoWhileTheSystemShowsNoProcesses() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "exit 3").start();
        ProcessId id = new ProcessId(process.pid(), 1);
        try (RuntimeDirectory runtime = RuntimeDirectory.open(temp.resolve("base"), RunAs.ordinaryUser())) {
            ChildProcess child = new ChildProcess(
                    ChildProcess.builder(runtime, "child", List.of("sh")),
                    process,
                    id,
                    temp.resolve("home"),
                    new Kin(new Proc(temp.resolve("nowhere")), "MARK=x", Set.of(id), Set.of(1L), 0),
                    new OutputLog("child", InputStream.nullInputStream(), 1, line -> {}));
            assertThat(child.onExit().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(3);
        }
    }
}
