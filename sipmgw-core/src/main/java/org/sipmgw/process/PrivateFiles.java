package org.sipmgw.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with exactly the rights asked for, and their end. */
final class PrivateFiles {
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /** Others may pass through but not look. */
    static final Set<PosixFilePermission> PASSAGE = PosixFilePermissions.fromString("rwx--x--x");

    private PrivateFiles() {}

    /** Makes a directory that was not there. */
    static Path create(Path directory, Set<PosixFilePermission> rights) throws IOException {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        // separately: the umask takes rights away at creation
        Files.setPosixFilePermissions(directory, rights);
        return directory;
    }

    static void giveTo(Path path, RunAs user) throws IOException {
        if (user.switching()) {
            Files.setAttribute(path, "unix:gid", (int) user.gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", (int) user.uid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    static long owner(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    /**
     * Removes a directory and all in it; what cannot be removed stays. Follows no link even if somebody puts one in its way
     * meanwhile: as root we delete in directories that an ordinary user writes. Whether all went.
     */
    static boolean deleteTree(Path directory) {
        Path parent = directory.toAbsolutePath().getParent();
        Path name = directory.getFileName();
        if (parent == null || name == null) {
            return false;
        }
        try (DirectoryStream<Path> around = Files.newDirectoryStream(parent)) {
            delete((SecureDirectoryStream<Path>) around, name);
        } catch (IOException | DirectoryIteratorException | ClassCastException e) {
            return !Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
        }
        return !Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private static void delete(SecureDirectoryStream<Path> in, Path name) throws IOException {
        BasicFileAttributes what = in.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (!what.isDirectory()) {
            in.deleteFile(name);
            return;
        }
        try (SecureDirectoryStream<Path> inside = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : inside) {
                delete(inside, entry.getFileName());
            }
        }
        in.deleteDirectory(name);
    }
}
