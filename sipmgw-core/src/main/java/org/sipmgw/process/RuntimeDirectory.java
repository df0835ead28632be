package org.sipmgw.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.spi.DeviceException;

/**
 * Where one gateway process keeps the sockets, homes and notes of its children; one per gateway, shared by its displays,
 * speakers and browsers. It lies under {@code /run/sipmgw} for root, under {@code $XDG_RUNTIME_DIR/sipmgw} for an ordinary
 * user, else under the temporary directory, and is named after its owner (process number, start time, boot), so that the
 * next gateway can prove the owner dead: {@link Orphans}.
 *
 * <p>Only the gateway can look into it; the children's user can pass through to the directories given to it. Thread-safe.
 */
public final class RuntimeDirectory implements AutoCloseable {
    static final String LOCK = "lock";
    private static final System.Logger LOG = System.getLogger(RuntimeDirectory.class.getName());

    private final Path path;
    private final Owner owner;
    private final RunAs runAs;
    private final FileChannel lock;
    private final Journal journal;
    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<ChildProcess> children = ConcurrentHashMap.newKeySet();

    private RuntimeDirectory(Path path, Owner owner, RunAs runAs, FileChannel lock) {
        this.path = path;
        this.owner = owner;
        this.runAs = runAs;
        this.lock = lock;
        this.journal = new Journal(path);
    }

    /**
     * Makes the directory at its usual place.
     *
     * @param runAs who the children run as
     * @throws DeviceException when it cannot be made
     */
    public static RuntimeDirectory open(RunAs runAs) {
        return open(Bases.preferred(), runAs);
    }

    /**
     * Makes the directory under {@code base}, which is made when it is absent and has to belong to the gateway's user.
     *
     * @throws DeviceException when it cannot be made
     */
    public static RuntimeDirectory open(Path base, RunAs runAs) {
        Owner owner = Owner.current();
        try {
            Bases.prepare(base, runAs);
            // locked before it gets the name that others look for: whoever finds it unlocked knows its owner dead
            Path hidden = PrivateFiles.create(base.resolve(".new-" + owner), rights(runAs));
            FileChannel lock =
                    FileChannel.open(hidden.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new IOException("cannot lock " + hidden.resolve(LOCK));
            }
            Path path = Files.move(hidden, base.resolve(owner.toString()));
            return new RuntimeDirectory(path, owner, runAs, lock);
        } catch (IOException e) {
            throw new DeviceException("runtime directory", "create", e + "; the directory must be writable", e);
        }
    }

    private static Set<PosixFilePermission> rights(RunAs runAs) {
        return runAs.switching() ? PrivateFiles.PASSAGE : PrivateFiles.OWNER_ONLY;
    }

    /** The directory itself; only the gateway writes in it. */
    public Path path() {
        return path;
    }

    /** Who the children run as. */
    public RunAs runAs() {
        return runAs;
    }

    /** The entry every child of this gateway has in its environment, {@code SIPMGW_OWNER=…}. */
    public String mark() {
        return owner.mark();
    }

    /**
     * Makes a new directory that only the children's user (and root) can enter; its name is short, because the path of a
     * unix socket must not exceed 107 bytes and browsers make theirs deep below.
     *
     * @param name what it is for; a number is added
     * @throws DeviceException when it cannot be made
     */
    public Path newDirectory(String name) {
        requireOpen();
        try {
            Path made = PrivateFiles.create(path.resolve(name + serial.incrementAndGet()), PrivateFiles.OWNER_ONLY);
            PrivateFiles.giveTo(made, runAs);
            return made;
        } catch (IOException e) {
            throw new DeviceException("directory for " + name, "create", e.toString(), e);
        }
    }

    /**
     * Makes a new file, alone in a directory of its own, that the gateway and the children's user can read and nobody else.
     *
     * @throws DeviceException when it cannot be made
     */
    public Path newFile(String name, byte[] content) {
        requireOpen();
        try {
            Path directory =
                    PrivateFiles.create(path.resolve(name + serial.incrementAndGet()), PrivateFiles.OWNER_ONLY);
            Path file = Files.write(directory.resolve(name), content, StandardOpenOption.CREATE_NEW);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            // given away last: until then nobody else can exchange it
            PrivateFiles.giveTo(file, runAs);
            PrivateFiles.giveTo(directory, runAs);
            return file;
        } catch (IOException e) {
            throw new DeviceException("file " + name, "create", e.toString(), e);
        }
    }

    /** Removes a directory made by {@link #newDirectory} with all in it. */
    public void delete(Path directory) {
        if (!directory.startsWith(path) || directory.equals(path)) {
            throw new IllegalArgumentException(directory + " is not in " + path);
        }
        if (!PrivateFiles.deleteTree(directory)) {
            LOG.log(System.Logger.Level.WARNING, "Cannot remove {0}", directory);
        }
    }

    /**
     * Notes a file that a child made elsewhere and that stays when the child is killed. The next gateway removes it if this
     * one is killed and it is still the same file.
     *
     * @return removes it if it is still the same file, for the caller to run when the child has ended
     */
    public Runnable noteFile(Path outside) {
        requireOpen();
        Optional<Journal.Outside> noted = Journal.Outside.of(outside);
        noted.ifPresent(file -> journal.append(file.line()));
        return () -> noted.ifPresent(Journal.Outside::delete);
    }

    int nextSerial() {
        return serial.incrementAndGet();
    }

    void started(ChildProcess child) {
        children.add(child);
        journal.append(new Journal.Child(child.id(), runAs.uid()).line());
    }

    void ended(ChildProcess child) {
        children.remove(child);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("runtime directory is closed");
        }
    }

    /** Ends the children that still run and removes the directory. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List.copyOf(children).forEach(ChildProcess::close);
        PrivateFiles.deleteTree(path);
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closing the lock", e);
        }
    }
}
