package org.sipmgw.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of the other sides' programs. */
final class Directories {

    private Directories() {}

    static Path temporary(String name) throws IOException {
        return Files.createTempDirectory("sipmgw-" + name + "-");
    }

    /** Deletes a directory with all it holds; what cannot be deleted stays. */
    static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.getLogger(Directories.class.getName())
                    .log(System.Logger.Level.DEBUG, "not deleted: " + directory, e);
        }
    }
}
