package org.sipmgw.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** baresip with an account at a Kamailio: it takes calls by itself, in sound only. Thread-safe. */
public final class RegisteredBaresip implements AutoCloseable {
    private static final long START_MS = 10_000;

    private final Path directory;
    private final Program baresip;
    private final BaresipControl control;

    private RegisteredBaresip(Path directory, Program baresip, BaresipControl control) {
        this.directory = directory;
        this.baresip = baresip;
        this.control = control;
    }

    /**
     * Starts one and waits until it is registered.
     *
     * @param more parameters of its account
     */
    public static RegisteredBaresip start(KamailioServer kamailio, String user, String more) throws IOException {
        Path directory = Directories.temporary("baresip");
        int port = FreePorts.block(1);
        int media = FreePorts.block(20);
        Files.writeString(
                directory.resolve("config"), """
                poll_method epoll
                sip_listen 127.0.0.1:%d
                audio_player aubridge,player
                audio_source aubridge,source
                audio_alert aubridge,alert
                rtp_ports %d-%d
                net_interface 127.0.0.1
                module_path %s
                module g711.so
                module opus.so
                module aubridge.so
                module srtp.so
                module_tmp uuid.so
                module_tmp account.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                """.formatted(FreePorts.block(2), media, media + 19, modules(), port));
        Files.writeString(
                directory.resolve("accounts"), kamailio.account(user, "udp", ";answermode=auto" + more) + "\n");
        Files.writeString(directory.resolve("contacts"), "");
        Program baresip =
                Program.start(List.of("baresip", "-f", directory.toString()), directory, Map.of("LC_ALL", "C"));
        BaresipControl[] control = new BaresipControl[1];
        try {
            baresip.await(
                    () -> {
                        try {
                            control[0] = control[0] == null ? BaresipControl.connect(port) : control[0];
                            return !kamailio.contacts(user).isEmpty();
                        } catch (IOException notYet) {
                            return false;
                        }
                    },
                    START_MS);
        } catch (IOException e) {
            baresip.close();
            Directories.delete(directory);
            throw e;
        }
        return new RegisteredBaresip(directory, baresip, control[0]);
    }

    private static Path modules() throws IOException {
        try (Stream<Path> candidates = Files.walk(Path.of("/usr/lib"), 2)) {
            return candidates
                    .filter(path -> path.endsWith("baresip"))
                    .map(path -> path.resolve("modules"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IOException("baresip is not installed: apt install baresip"));
        }
    }

    /** Gives any of baresip's commands; returns what it answers. */
    public String command(String command, String parameters) throws IOException {
        return control.command(command, parameters);
    }

    /** The names of the events so far. */
    public List<String> events() {
        return control.events().stream()
                .map(event -> String.valueOf(event.get("type")))
                .toList();
    }

    @Override
    public void close() {
        baresip.close();
        control.close();
        Directories.delete(directory);
    }
}
