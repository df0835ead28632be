package org.sipmgw.devices;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What decides which command brings kernel devices: whether this is a container, whether the module is installed, whether
 * Secure Boot wants it signed.
 *
 * @param user who runs this
 * @param container whether the kernel is a container host's
 * @param secureBoot whether the firmware lets signed modules in only
 * @param modules the directory of the running kernel's modules
 */
record KernelSurroundings(String user, boolean container, boolean secureBoot, Path modules) {

    static KernelSurroundings here() {
        return new KernelSurroundings(
                System.getProperty("user.name"),
                Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv")),
                secureBootOn(),
                Path.of("/lib/modules", System.getProperty("os.version")));
    }

    private static boolean secureBootOn() {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of("/sys/firmware/efi/efivars"), "SecureBoot-*")) {
            for (Path variable : found) {
                byte[] value = Files.readAllBytes(variable);
                return value.length > 0 && value[value.length - 1] == 1;
            }
        } catch (IOException e) {
            return false; // no EFI
        }
        return false;
    }

    /** The commands that load a module; {@code debianPackage} is empty for what is part of the kernel. */
    String load(String module, String debianPackage, String options, String containerOptions) {
        String load = "modprobe " + module + " " + options;
        if (container) {
            return "on the container's host: " + load + "; then run the container with " + containerOptions;
        }
        if (!debianPackage.isEmpty() && !installed(module)) {
            load = "apt-get install " + debianPackage + " linux-headers-$(uname -r) && " + load;
        }
        return secureBoot && !debianPackage.isEmpty()
                ? load + " (Secure Boot is on: first mokutil --import /var/lib/dkms/mok.pub and restart)"
                : load;
    }

    private boolean installed(String module) {
        try {
            return Files.exists(modules.resolve("modules.dep"))
                    && Files.readString(modules.resolve("modules.dep")).contains("/" + module + ".ko");
        } catch (IOException e) {
            return false;
        }
    }

    /** The command that lets this user in. */
    String permit(String group, List<Path> nodes) {
        return container
                ? "run the container with "
                        + nodes.stream().map(node -> "--device " + node).collect(Collectors.joining(" "))
                        + " --group-add " + group
                : "usermod -aG " + group + " " + user + ", then log in again";
    }
}
