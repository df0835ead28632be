package org.sipmgw.devices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.Orphans;
import org.sipmgw.process.Programs;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/**
 * Looks whether this machine has what a browser needs around it, by using it: a display and a sink are really opened and
 * closed again. Takes about a second; changes nothing.
 */
public final class DeviceChecks {
    /** Chromium's processes share their pictures there. */
    private static final long SHARED_MEMORY_BYTES = 256L << 20;

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private DeviceChecks() {}

    /** Looks at everything, in the order in which a missing thing hides the next. */
    public static List<DeviceCheck> run() {
        List<DeviceCheck> found = new ArrayList<>();
        found.add(program("setsid", "util-linux"));
        found.add(library("libxcb.so.1", "libxcb1"));
        found.add(library("libxcb-shm.so.0", "libxcb-shm0"));
        found.add(library("libpulse-simple.so.0", "libpulse0"));
        found.add(sharedMemory());
        found.add(leftovers());
        try {
            RunAs user = RunAs.ordinaryUser();
            found.add(DeviceCheck.good("user", "browser, display and sound run as " + user.user()));
            if (user.switching()) {
                found.add(program("setpriv", "util-linux"));
            }
            found.addAll(withUser(user));
        } catch (ConfigException e) {
            found.add(DeviceCheck.bad("user", String.valueOf(e.getMessage()), "adduser --system --group sipmgw"));
        }
        return List.copyOf(found);
    }

    private static List<DeviceCheck> withUser(RunAs user) {
        try (RuntimeDirectory runtime = RuntimeDirectory.open(user)) {
            return List.of(
                    DeviceCheck.good(
                            "runtime directory", String.valueOf(runtime.path().getParent())),
                    attempt("display", XvfbDisplays.REMEDY, () -> display(runtime)),
                    attempt("sound", PulseSpeakers.REMEDY, () -> sound(runtime)),
                    attempt(
                            "browser sandbox",
                            "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 (Debian),"
                                    + " kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu),"
                                    + " or a seccomp profile with unshare and clone (containers)",
                            () -> userNamespace(runtime)));
        } catch (DeviceException e) {
            return List.of(DeviceCheck.bad(
                    "runtime directory",
                    String.valueOf(e.getMessage()),
                    "make /run/sipmgw (root) or $XDG_RUNTIME_DIR writable"));
        }
    }

    private static DeviceCheck attempt(String name, String remedy, Supplier<String> use) {
        try {
            return DeviceCheck.good(name, use.get());
        } catch (DeviceException e) {
            return DeviceCheck.bad(name, String.valueOf(e.getMessage()), remedy);
        }
    }

    private static String display(RuntimeDirectory runtime) {
        try (DisplayPort display = XvfbDisplays.builder(runtime).build().open(640, 360)) {
            return "Xvfb opened " + display.name();
        }
    }

    private static String sound(RuntimeDirectory runtime) {
        try (SpeakerPort speaker = PulseSpeakers.builder(runtime).build().open()) {
            return "PulseAudio opened " + speaker.monitor();
        }
    }

    /** What Chromium's sandbox does first: a user namespace in which an ordinary user is root. */
    private static String userNamespace(RuntimeDirectory runtime) {
        try (ChildProcess unshare = ChildProcess.builder(
                        runtime, "unshare", List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "true"))
                .grace(Duration.ZERO)
                .start()) {
            int code = unshare.onExit()
                    .toCompletableFuture()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .join();
            if (code != 0) {
                throw unshare.failure("unshare", "an ordinary user gets no user namespace");
            }
            return "an ordinary user gets a user namespace";
        } catch (CompletionException e) {
            throw new DeviceException("unshare", "wait", "no answer", e);
        }
    }

    private static DeviceCheck program(String name, String debianPackage) {
        return Programs.find(name)
                .map(path -> DeviceCheck.good(name, path.toString()))
                .orElseGet(() -> DeviceCheck.bad(name, "not on PATH", "install the Debian package " + debianPackage));
    }

    private static DeviceCheck library(String name, String debianPackage) {
        return LibraryDevice.whyNot(name)
                .map(why -> DeviceCheck.bad(name, why, "install the Debian package " + debianPackage))
                .orElseGet(() -> DeviceCheck.good(name, "loads"));
    }

    private static DeviceCheck sharedMemory() {
        String remedy = "mount a tmpfs of at least 256 MB at /dev/shm (containers: --shm-size)";
        try {
            long bytes = Files.getFileStore(SHARED_MEMORY).getTotalSpace();
            String detail = SHARED_MEMORY + " has " + (bytes >> 20) + " MB";
            return bytes < SHARED_MEMORY_BYTES
                    ? DeviceCheck.bad("shared memory", detail, remedy)
                    : DeviceCheck.good("shared memory", detail);
        } catch (IOException e) {
            return DeviceCheck.bad("shared memory", e.toString(), remedy);
        }
    }

    private static DeviceCheck leftovers() {
        Orphans.Found found = Orphans.count();
        String detail = found.owners() + " killed gateways, " + found.processes() + " processes, " + found.files()
                + " files of theirs";
        return found.owners() == 0
                ? DeviceCheck.good("leftovers", "none")
                : DeviceCheck.bad("leftovers", detail, "the next start of the gateway removes them");
    }
}
