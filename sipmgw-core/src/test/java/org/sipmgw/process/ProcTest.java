package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcTest {
    @TempDir
    Path root;

    private void process(long pid, long parent, long session, long start, String environment) throws IOException {
        Path directory = Files.createDirectory(root.resolve(Long.toString(pid)));
        Files.writeString(
                directory.resolve("stat"),
                pid + " (p) S " + parent + " " + session + " " + session + " 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 " + start
                        + " 0 0");
        Files.writeString(directory.resolve("environ"), environment);
        Files.writeString(directory.resolve("status"), "Name:\tp\nUid:\t1000\t1000\t1000\t1000\nVmRSS:\t  300 kB\n");
    }

    private Kin kin(Set<ProcessId> leaders, long uid) {
        return new Kin(new Proc(root), "SIPMGW_OWNER=me", leaders, Set.of(uid), 0);
    }

    @Test
    void readsUserAndMemory() throws IOException {
        process(70, 1, 70, 5, "");
        Proc proc = new Proc(root);
        assertThat(proc.uid(70)).isEqualTo(1000);
        assertThat(proc.memoryBytes(70)).isEqualTo(300 * 1024);
        Files.writeString(root.resolve("70/smaps_rollup"), "0-1 ---p\nRss: 900 kB\nPss:                 120 kB\n");
        assertThat(proc.memoryBytes(70)).isEqualTo(120 * 1024);
        assertThat(proc.uid(71)).isEqualTo(-1);
    }

    @Test
    void findsTheMarkOnlyAsAWholeEntry() throws IOException {
        process(70, 1, 70, 5, "A=b\0SIPMGW_OWNER=me\0");
        process(71, 1, 71, 5, "XSIPMGW_OWNER=me\0SIPMGW_OWNER=me2\0");
        Proc proc = new Proc(root);
        assertThat(proc.startedWith(70, "SIPMGW_OWNER=me")).isTrue();
        assertThat(proc.startedWith(71, "SIPMGW_OWNER=me")).isFalse();
    }

    @Test
    void gathersSessionMarkAndDescendants() throws IOException {
        process(70, 1, 70, 5, "");
        process(71, 70, 71, 6, "a descendant in a session of its own");
        process(72, 1, 70, 6, "in the session");
        process(73, 1, 73, 6, "SIPMGW_OWNER=me\0");
        process(74, 73, 74, 6, "a child of the marked one");
        process(75, 1, 75, 6, "SIPMGW_OWNER=other\0");
        assertThat(kin(Set.of(new ProcessId(70, 5)), 1000).living())
                .extracting(ProcStat::pid)
                .containsExactlyInAnyOrder(70L, 71L, 72L, 73L, 74L);
    }

    @Test
    void keepsAwayFromAProcessThatGotTheNumberOfOurs() throws IOException {
        process(70, 1, 70, 999, "another one, started later");
        process(71, 70, 70, 999, "its child");
        assertThat(kin(Set.of(new ProcessId(70, 5)), 1000).living()).isEmpty();
    }

    @Test
    void keepsAwayFromOtherUsers() throws IOException {
        process(73, 1, 73, 6, "SIPMGW_OWNER=me\0");
        assertThat(kin(Set.of(), 2000).living()).isEmpty();
    }

    @Test
    void remembersWhatWasADescendantOnce() throws IOException {
        process(70, 1, 70, 5, "");
        process(71, 70, 71, 6, "");
        Kin kin = kin(Set.of(new ProcessId(70, 5)), 1000);
        assertThat(kin.living()).hasSize(2);
        Files.delete(root.resolve("70/stat"));
        Files.writeString(
                root.resolve("71/stat"),
                Files.readString(root.resolve("71/stat")).replace("S 70", "S 1"));
        assertThat(kin.living()).extracting(ProcStat::pid).containsExactly(71L);
    }
}
