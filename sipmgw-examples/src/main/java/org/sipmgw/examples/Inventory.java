package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sipmgw.spi.MediaEngine;

/**
 * What this process holds at one moment, counted from outside the code that made it.
 *
 * @param sessions media sessions
 * @param ports UDP ports of media
 * @param nativeObjects native objects owned by Java
 * @param threads threads of the JVM, its own included
 * @param descriptors open file descriptors
 * @param children living child processes and their descendants
 */
record Inventory(int sessions, int ports, int nativeObjects, int threads, int descriptors, int children) {

    static Inventory of(MediaEngine engine) {
        MediaEngine.Inventory media = engine.inventory();
        return new Inventory(
                media.sessions(),
                media.ports(),
                media.nativeObjects(),
                entries(Path.of("/proc/self/task")),
                entries(Path.of("/proc/self/fd")),
                (int) ProcessHandle.current().descendants().count());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sessions", sessions);
        fields.put("ports", ports);
        fields.put("nativeObjects", nativeObjects);
        fields.put("threads", threads);
        fields.put("descriptors", descriptors);
        fields.put("children", children);
        return fields;
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
