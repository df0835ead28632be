package org.sipmgw.devices.kernel;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that has a device file open.
 *
 * @param pid its number
 * @param command its program's short name
 */
public record DeviceHolder(long pid, String command) {
    private static final Path PROCESSES = Path.of("/proc");

    /** Who has it open, as far as this user may know: root sees all, others see their own processes. */
    public static List<DeviceHolder> of(Path device) {
        List<DeviceHolder> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, device)) {
                    found.add(new DeviceHolder(
                            Long.parseLong(process.getFileName().toString()), command(process)));
                }
            }
        } catch (IOException e) {
            return List.copyOf(found); // without /proc nobody is known
        }
        return List.copyOf(found);
    }

    private static boolean holds(Path process, Path device) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, device)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // another user's, or it has just ended
        }
        return false;
    }

    private static boolean leadsTo(Path descriptor, Path device) {
        try {
            return Files.readSymbolicLink(descriptor).equals(device);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static String command(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return "?";
        }
    }

    @Override
    public String toString() {
        return command + " (process " + pid + ")";
    }
}
