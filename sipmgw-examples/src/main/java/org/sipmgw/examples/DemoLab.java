package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sipmgw.devices.call.KernelDevices;
import org.sipmgw.spi.ConfigException;

/**
 * Where a demo over devices of the kernel runs: on this machine when it has them, else in the user-mode kernel of the devices'
 * tests, which is one slow processor: everything may take longer there, and pictures are few.
 */
final class DemoLab {
    /** Measured: a browser that starts in 1 s here takes 15 s there. */
    static final int PATIENCE = 20;

    private static final String MEMORY_MB = "6144";
    private static final String SECONDS = "1800";
    private static final String DEVICES = "3";

    /** The browser's user, and a network beside loopback: browsers use none but such for media. */
    private static final String SET_UP =
            "usermod -aG video,audio sipmgw; ip addr add 192.0.2.1/24 dev sit0; ip link set sit0 up";

    private DemoLab() {}

    /** Whether this process runs in it. */
    static boolean inside() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo")).contains("User Mode Linux");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the demo must go there. */
    static boolean needed(DemoWish wish) {
        return wish.devices() == Devices.KERNEL && !inside() && !KernelDevices.present();
    }

    /**
     * Runs the same command there.
     *
     * @return its exit code
     */
    static int run(Path out, List<String> arguments) throws IOException {
        Path lab = Path.of(System.getProperty("sipmgw.home", "."), "sipmgw-devices", "lab", "devlab")
                .toAbsolutePath();
        if (!Files.isExecutable(lab)) {
            throw new ConfigException(
                    "--devices",
                    "kernel",
                    "on a machine with v4l2loopback and snd-aloop, or from the source folder by ./sipmgw demo");
        }
        List<String> command = new ArrayList<>(List.of(
                lab.toString(), "--uml", "--memory", MEMORY_MB, "--timeout", SECONDS, "--writable", out.toString()));
        // one call's, the warm browser's, and those of a browser that takes over
        command.addAll(List.of("--cameras", DEVICES, "--cards", DEVICES));
        // as an administrator would have done; what is changed there is gone with the kernel
        command.addAll(List.of("/bin/sh", "-c", SET_UP + "; exec \"$0\" \"$@\""));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Chromium for in there: its sandbox needs system calls that a user-mode kernel answers otherwise. Only the demo's own pages
     * are opened.
     */
    static Path browser(Path out) throws IOException {
        Path program = out.resolve("chromium");
        Files.writeString(program, "#!/bin/sh\nexec /usr/lib/chromium/chromium --no-sandbox \"$@\"\n");
        if (!program.toFile().setExecutable(true, false)) {
            throw new IOException(program + " cannot be made executable");
        }
        return program.toAbsolutePath();
    }
}
