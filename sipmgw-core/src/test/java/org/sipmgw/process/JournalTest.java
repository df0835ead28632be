package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path directory;

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path outside = Files.writeString(directory.resolve("a file"), "x");
        Journal.Outside file = Journal.Outside.of(outside).orElseThrow();
        Journal.Child child = new Journal.Child(new ProcessId(7, 8), 1000);
        Journal journal = new Journal(directory);
        journal.append(child.line());
        journal.append(file.line());
        assertThat(new Journal(directory).read().children()).containsExactly(child);
        assertThat(new Journal(directory).read().files()).containsExactly(file);
    }

    @Test
    void ignoresACutOffLineAndNonsense() {
        Journal.Content content =
                Journal.parse("child 7 8 1000\nchild x 8 1000\nchild 7\nfile k relative\n\nchild 9 1");
        assertThat(content.children()).containsExactly(new Journal.Child(new ProcessId(7, 8), 1000));
        assertThat(content.files()).isEmpty();
    }

    @Test
    void removesAFileOnlyWhileItIsTheSame() throws IOException {
        Path outside = Files.writeString(directory.resolve("socket"), "x");
        Journal.Outside noted = Journal.Outside.of(outside).orElseThrow();
        Files.move(outside, directory.resolve("kept"));
        Files.writeString(outside, "another one's");
        assertThat(noted.delete()).isFalse();
        assertThat(outside).exists();
        Files.move(directory.resolve("kept"), outside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(noted.delete()).isTrue();
        assertThat(outside).doesNotExist();
    }
}
