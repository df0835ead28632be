package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.sipmgw.spi.MediaEngine;

/**
 * What this process holds at one moment, counted from outside the code that made it.
 *
 * @param sessions media sessions
 * @param ports UDP ports of media
 * @param nativeObjects native objects owned by Java
 * @param threads threads, native ones included; those of the compiler and the collector come and go and are left out
 * @param descriptors open file descriptors
 * @param children living child processes and their descendants
 * @param strayDatagrams what has come to the port of calls with ICE and was of none of them
 */
record Inventory(
        int sessions,
        int ports,
        int nativeObjects,
        List<String> threads,
        int descriptors,
        int children,
        long strayDatagrams) {

    private static final Pattern OF_THE_MACHINE = Pattern.compile("(C1|C2|GC|G1|VM) .*|process reaper");

    static Inventory of(MediaEngine engine) {
        MediaEngine.Inventory media = engine.inventory();
        return new Inventory(
                media.sessions(),
                media.ports(),
                media.nativeObjects(),
                ownThreads(),
                entries(Path.of("/proc/self/fd")),
                (int) ProcessHandle.current().descendants().count(),
                engine.strayDatagrams());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sessions", sessions);
        fields.put("ports", ports);
        fields.put("nativeObjects", nativeObjects);
        fields.put("threads", threads.size());
        fields.put("threadNames", threads);
        fields.put("descriptors", descriptors);
        fields.put("children", children);
        fields.put("strayDatagrams", strayDatagrams);
        return fields;
    }

    private static List<String> ownThreads() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String name = name(task);
                if (!OF_THE_MACHINE.matcher(name).matches()) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            System.getLogger(Inventory.class.getName()).log(System.Logger.Level.DEBUG, "/proc", e);
        }
        names.sort(null);
        return names;
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return "VM ended"; // while it was looked at
        }
    }

    private static int entries(Path directory) {
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                count += entry.getFileName() == null ? 0 : 1;
            }
            return count;
        } catch (IOException e) {
            return -1;
        }
    }
}
