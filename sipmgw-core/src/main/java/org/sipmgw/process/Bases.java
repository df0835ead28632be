package org.sipmgw.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where runtime directories can lie. */
final class Bases {
    private static final Path RUN = Path.of("/run");

    private Bases() {}

    /** All places, the best first; a gateway looks for what others left in each of them. */
    static List<Path> all() {
        long uid = new Proc().uid(ProcessHandle.current().pid());
        Stream<Path> run = uid == 0 ? Stream.of(RUN.resolve("sipmgw")) : Stream.empty();
        // root's own XDG_RUNTIME_DIR lets nobody pass: the children could not reach their sockets
        Stream<Path> session = uid == 0
                ? Stream.empty()
                : Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).stream()
                        .filter(s -> s.startsWith("/"))
                        .map(s -> Path.of(s, "sipmgw"));
        Stream<Path> temporary = Stream.of(Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "sipmgw-" + uid));
        return Stream.of(run, session, temporary).flatMap(s -> s).toList();
    }

    static Path preferred() {
        List<Path> all = all();
        return all.stream()
                .filter(base -> Files.isWritable(
                        Files.exists(base) ? base : base.resolveSibling(".").normalize()))
                .findFirst()
                .orElse(all.get(all.size() - 1));
    }

    /** Makes the base when it is absent; refuses one that is another user's or a link. */
    static void prepare(Path base, RunAs runAs) throws IOException {
        if (!Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
            try {
                PrivateFiles.create(base, runAs.switching() ? PrivateFiles.PASSAGE : PrivateFiles.OWNER_ONLY);
            } catch (FileAlreadyExistsException another) {
                // two gateways start at once: the other made it, and the check below tells whether it is ours
            }
        }
        if (!ours(base)) {
            throw new IOException(base + " is not a directory of this user");
        }
    }

    /** Whether it is a real directory of our own: nobody else can have put words into its journals. */
    static boolean ours(Path base) throws IOException {
        return Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)
                && PrivateFiles.owner(base)
                        == new Proc().uid(ProcessHandle.current().pid());
    }
}
