package org.sipmgw.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What gateways that were killed left behind. Only what can be proved to be theirs is touched: processes named in the
 * journal of a dead owner (number and start time), in the session of such a process, or with that owner's mark in the
 * environment, and what descends from these; files the journal names, if they are still the same; the owner's directory.
 * Nothing of a living gateway, and nothing of another user's.
 */
public final class Orphans {
    private static final System.Logger LOG = System.getLogger(Orphans.class.getName());
    private static final long GRACE_MS = 1000;
    private static final long STUCK_MS = 10_000;

    private Orphans() {}

    /**
     * What was found.
     *
     * @param owners dead gateways whose directory is there
     * @param processes processes of theirs that live
     * @param files files of theirs outside their directories
     */
    public record Found(int owners, int processes, int files) {
        Found plus(Found more) {
            return new Found(owners + more.owners, processes + more.processes, files + more.files);
        }
    }

    /** Counts what dead gateways left at the usual places; changes nothing. */
    public static Found count() {
        return over(Bases.all(), false);
    }

    /** Counts what this gateway left at the usual places, nothing while it lives; changes nothing. */
    public static Found count(ProcessId gateway) {
        return count(Bases.all(), gateway);
    }

    static Found count(List<Path> bases, ProcessId gateway) {
        Found sum = new Found(0, 0, 0);
        for (Path base : bases) {
            for (Path directory : directories(base)) {
                if (owner(directory)
                        .filter(one -> one.process().equals(gateway))
                        .isPresent()) {
                    sum = sum.plus(look(directory, false));
                }
            }
        }
        return sum;
    }

    /** Ends and removes what dead gateways left at the usual places; waits until it is gone. */
    public static Found sweep() {
        return over(Bases.all(), true);
    }

    /** As {@link #count()}, under one base. */
    public static Found count(Path base) {
        return over(List.of(base), false);
    }

    /** As {@link #sweep()}, under one base. */
    public static Found sweep(Path base) {
        return over(List.of(base), true);
    }

    private static Found over(List<Path> bases, boolean clean) {
        Found sum = new Found(0, 0, 0);
        for (Path base : bases) {
            for (Path directory : directories(base)) {
                sum = sum.plus(look(directory, clean));
            }
        }
        return sum;
    }

    private static List<Path> directories(Path base) {
        List<Path> found = new ArrayList<>();
        try {
            if (!Bases.ours(base)) {
                return found;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(base)) {
                entries.forEach(found::add);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Cannot look into " + base, e);
        }
        return found;
    }

    private static Optional<Owner> owner(Path directory) {
        String name = String.valueOf(directory.getFileName());
        return Owner.parse(name.startsWith(".new-") ? name.substring(5) : name);
    }

    private static Found look(Path directory, boolean clean) {
        Optional<Owner> owner = owner(directory);
        if (owner.isEmpty()
                || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || owner.get().process().alive()) {
            return new Found(0, 0, 0);
        }
        // the kernel lets go of the lock when the owner dies, in whatever PID namespace or boot it lived
        try (FileChannel lock = FileChannel.open(directory.resolve(RuntimeDirectory.LOCK), StandardOpenOption.WRITE)) {
            return lock.tryLock() == null ? new Found(0, 0, 0) : dead(directory, owner.get(), clean);
        } catch (OverlappingFileLockException sweptByAnotherThread) {
            return new Found(0, 0, 0);
        } catch (NoSuchFileException unfinished) {
            // killed before it had made its lock, so before it started anything
            boolean provable = owner.get().scope().equals(new Proc().scope());
            return provable ? dead(directory, owner.get(), clean) : new Found(0, 0, 0);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Cannot lock " + directory, e);
            return new Found(0, 0, 0);
        }
    }

    private static Found dead(Path directory, Owner owner, boolean clean) {
        Proc proc = new Proc();
        Journal.Content journal = new Journal(directory).read();
        boolean sameScope = owner.scope().equals(proc.scope());
        Set<ProcessId> leaders = new HashSet<>();
        Set<Long> uids = new HashSet<>(Set.of(proc.uid(ProcessHandle.current().pid())));
        for (Journal.Child child : journal.children()) {
            uids.add(child.uid());
            // after another boot or in another namespace the numbers mean other processes; the mark still tells
            if (sameScope) {
                leaders.add(child.process());
            }
        }
        Kin kin = new Kin(
                proc, owner.mark(), leaders, uids, sameScope ? owner.process().startTicks() : 0);
        if (!clean) {
            return new Found(1, kin.living().size(), (int)
                    journal.files().stream().filter(Journal.Outside::present).count());
        }
        Kin.Ended ended = kin.end(GRACE_MS, STUCK_MS);
        int files =
                (int) journal.files().stream().filter(Journal.Outside::delete).count();
        if (ended.left() == 0) {
            PrivateFiles.deleteTree(directory);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "Cleaned up after gateway {0}: {1} processes, {2} files",
                owner,
                ended.processes(),
                files);
        return new Found(1, ended.processes(), files);
    }
}
