package org.sipmgw.devices.kernel;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A loop of ioctl calls in C, compiled here. */
public final class CompiledCNative {
    private static final String SOURCE = """
            #include <sys/ioctl.h>
            long calls(int fd, unsigned long request, void *argument, long count) {
                long failed = 0;
                for (long i = 0; i < count; i++) failed += ioctl(fd, request, argument) < 0;
                return failed;
            }
            """;

    private CompiledCNative() {}

    /** By {@code cc}. */
    public static void compile() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ioctl");
        Path source = Files.writeString(folder.resolve("calls.c"), SOURCE);
        Path library = folder.resolve("libcalls.so");
        int code = new ProcessBuilder("cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("cc ended with " + code + ": packages gcc, libc6-dev");
        }
        Native.register(CompiledCNative.class, library.toString());
    }

    /** Makes the same request {@code count} times; how many failed. */
    public static native long calls(int fd, long request, long argument, long count);
}
