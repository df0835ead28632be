package org.sipmgw.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway started and made outside its directory, one line each, written at once: the next gateway reads it when
 * this one was killed. A line cut off by the kill is ignored.
 */
final class Journal {
    private static final String FILE = "journal";

    private final Path file;

    Journal(Path runtimeDirectory) {
        this.file = runtimeDirectory.resolve(FILE);
    }

    /** A child that was started: the first process of a session of its own. */
    record Child(ProcessId process, long uid) {
        String line() {
            return "child " + process.pid() + " " + process.startTicks() + " " + uid;
        }
    }

    /** A file outside the runtime directory, by name and by what tells it from a later one of the same name. */
    record Outside(Path path, String key) {
        static Optional<Outside> of(Path path) {
            try {
                BasicFileAttributes now =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                String key = now.fileKey() + "@" + now.lastModifiedTime().toMillis();
                return Optional.of(new Outside(path, key.replace(" ", "")));
            } catch (IOException absent) {
                return Optional.empty();
            }
        }

        /** Whether the file is there and still the same one. */
        boolean present() {
            return of(path).filter(this::equals).isPresent();
        }

        /** Deletes the file if it is still the same one; whether it did. */
        boolean delete() {
            try {
                return present() && Files.deleteIfExists(path);
            } catch (IOException notOurs) {
                return false;
            }
        }

        String line() {
            return "file " + key + " " + path;
        }
    }

    record Content(List<Child> children, List<Outside> files) {}

    void append(String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    Content read() {
        try {
            return Files.exists(file) ? parse(Files.readString(file)) : parse("");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static Content parse(String text) {
        List<Child> children = new ArrayList<>();
        List<Outside> files = new ArrayList<>();
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        complete.lines().forEach(line -> {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && words[0].equals("file") && words[2].startsWith("/")) {
                files.add(new Outside(Path.of(words[2]), words[1]));
            } else if (words.length == 3 && words[0].equals("child")) {
                child(words[1] + " " + words[2]).ifPresent(children::add);
            }
        });
        return new Content(children, files);
    }

    private static Optional<Child> child(String numbers) {
        String[] words = numbers.split(" ", -1);
        try {
            return words.length == 3
                    ? Optional.of(new Child(
                            new ProcessId(Long.parseLong(words[0]), Long.parseLong(words[1])),
                            Long.parseLong(words[2])))
                    : Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }
}
