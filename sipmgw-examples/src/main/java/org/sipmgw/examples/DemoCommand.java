package org.sipmgw.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipmgw demo}: one measured call from a room system into a real conference. */
@Command(
        name = "demo",
        sortOptions = false,
        description = "Starts a conference, a second participant, a room system and the gateway; makes one call and"
                + " measures it. Exit code 0 only if both directions are recognised and nothing is left behind.")
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--size", defaultValue = "640x360", description = "Picture size (default ${DEFAULT-VALUE}).")
    private String size = "640x360";

    @Option(names = "--seconds", defaultValue = "15", description = "Length of the measurement (default 15).")
    private int seconds;

    @Option(names = "--codec", defaultValue = "h264", description = "h264 or vp8 (default h264).")
    private String codec = "h264";

    @Option(
            names = "--room-system",
            defaultValue = "baresip",
            description = "baresip, or virtual: our own phone, which plays prepared packets (default baresip).")
    private String roomSystem = "baresip";

    @Option(
            names = "--registrar",
            arity = "0..1",
            fallbackValue = "tcp",
            paramLabel = "udp|tcp|tls",
            description =
                    "The gateway registers at Kamailio, over TCP where nothing else is said, and is called through it.")
    private Optional<String> registrar = Optional.empty();

    @Option(
            names = "--turn",
            arity = "0..1",
            fallbackValue = "udp",
            paramLabel = "udp|tcp|tls",
            description = "The gateway's media go through coturn, over UDP where nothing else is said.")
    private Optional<String> turn = Optional.empty();

    @Option(
            names = "--encryption",
            defaultValue = "none",
            description = "Of the room's media: sdes, dtls or none (default none). With --room-system virtual.")
    private String encryption = "none";

    @Option(
            names = "--trouble",
            description =
                    "Things go wrong on purpose: hold and resume, lost packets, a narrow line and, with --registrar,"
                            + " a registrar that dies. With --room-system virtual.")
    private boolean trouble;

    @Option(
            names = "--devices",
            defaultValue = "bridged",
            paramLabel = "bridged|kernel|auto",
            description =
                    "What the page has for camera and microphone: no device (bridged), loopback devices of the kernel, in a"
                            + " user-mode kernel where this machine has none (with the virtual phone there), or those where there are"
                            + " any (auto). Default bridged.")
    private String devices = "bridged";

    @Option(names = "--out", paramLabel = "DIR", description = "Where the report goes (default target/demo).")
    private Path out = Path.of("target/demo");

    @Option(names = "--open", description = "Open the report in the browser of the desktop.")
    private boolean open;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter lines = spec.commandLine().getOut();
        DemoWish wish = wish();
        Files.createDirectories(out);
        if (DemoLab.needed(wish)) {
            lines.println("This machine has no loopback devices: the demo runs in a user-mode kernel that has.");
            lines.flush();
            return DemoLab.run(
                    out.toAbsolutePath(), spec.commandLine().getParseResult().originalArgs());
        }
        DemoRun run = new DemoRun(wish, out, line -> {
            lines.println(line);
            lines.flush();
        });
        boolean good = run.run();
        if (open) {
            new ProcessBuilder("xdg-open", out.resolve("report.html").toString()).start();
        }
        return good ? 0 : 1;
    }

    private DemoWish wish() {
        String[] parts = size.split("x", -1);
        if (parts.length != 2 || !size.matches("\\d{3,4}x\\d{3,4}")) {
            throw wrong("--size", size, "WIDTHxHEIGHT, for example 640x360 or 1280x720");
        }
        if (!roomSystem.equals("baresip") && !roomSystem.equals("virtual")) {
            throw wrong("--room-system", roomSystem, "baresip, virtual");
        }
        return new DemoWish(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                seconds,
                codec.toUpperCase(Locale.ROOT),
                roomSystem.equals("virtual") || DemoLab.inside(),
                registrar,
                turn,
                DemoWish.Encryption.of(encryption),
                trouble,
                device());
    }

    private Devices device() {
        return java.util.Arrays.stream(Devices.values())
                .filter(known -> known.name().equals(devices.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong("--devices", devices, "bridged, kernel, auto"));
    }

    private static org.sipmgw.spi.ConfigException wrong(String key, Object value, String allowed) {
        return new org.sipmgw.spi.ConfigException(key, value, allowed);
    }
}
