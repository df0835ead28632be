package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real TURN server: coturn with listeners for UDP, TCP and TLS, one user, and a certificate of its own. Needs Debian's
 * package coturn and openssl. Thread-safe.
 */
public final class CoturnServer implements AutoCloseable {
    /** The one who may use it. */
    public static final String USER = "gateway";

    /** The user's secret. */
    public static final String PASSWORD = "correct horse";

    private static final long START_MS = 10_000;
    private static final int RELAY_PORTS = 60;

    private final Path directory;
    private final Settings settings;
    private final int port;
    private final int tlsPort;
    private final TurnCertificate certificate;
    private Program program;

    /**
     * How one is started.
     *
     * @param address where it listens and relays
     * @param namespace the network namespace that it runs in; empty for this one
     * @param further lines of its configuration
     */
    public record Settings(String address, Optional<String> namespace, List<String> further) {

        /** On loopback, relaying to loopback. */
        public static Settings loopback(String... further) {
            return new Settings("127.0.0.1", Optional.empty(), List.of(further));
        }

        /** In a network namespace that {@code ip netns} knows. */
        public static Settings in(String namespace, String address) {
            return new Settings(address, Optional.of(namespace), List.of());
        }
    }

    private CoturnServer(Path directory, Settings settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.certificate = TurnCertificate.create(directory, "IP:" + settings.address());
        this.port = FreePorts.block(2);
        this.tlsPort = FreePorts.block(2);
        Files.writeString(directory.resolve("turn.conf"), configuration(FreePorts.block(RELAY_PORTS)));
        this.program = program();
    }

    /** Starts one and waits until it answers. */
    public static CoturnServer start(Settings settings) throws IOException {
        Path directory = Directories.temporary("coturn");
        try {
            return new CoturnServer(directory, settings);
        } catch (IOException | RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    private String configuration(int firstRelayPort) {
        List<String> lines = new ArrayList<>(List.of(
                "listening-ip=" + settings.address(),
                "relay-ip=" + settings.address(),
                "listening-port=" + port,
                "tls-listening-port=" + tlsPort,
                "min-port=" + firstRelayPort,
                "max-port=" + (firstRelayPort + RELAY_PORTS - 1),
                "lt-cred-mech",
                "user=" + USER + ":" + PASSWORD,
                "realm=sipmgw.test",
                "cert=" + certificate.certificate(),
                "pkey=" + certificate.key(),
                "no-cli",
                "no-dtls",
                "fingerprint",
                "allow-loopback-peers",
                "log-file=stdout",
                "simple-log",
                "userdb=" + directory.resolve("turndb"),
                "pidfile=" + directory.resolve("turn.pid")));
        lines.addAll(settings.further());
        return String.join("\n", lines) + "\n";
    }

    private Program program() throws IOException {
        List<String> command = new ArrayList<>();
        settings.namespace().ifPresent(name -> command.addAll(List.of("ip", "netns", "exec", name)));
        command.addAll(
                List.of("turnserver", "-c", directory.resolve("turn.conf").toString(), "-v"));
        Program started = Program.start(command, directory, Map.of("LC_ALL", "C"));
        try {
            started.await(this::answers, START_MS);
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getByName(settings.address()), tlsPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Its address by UDP, TCP ({@code ?transport=tcp}) or TLS ({@code turns:}). */
    public String uri(String transport) {
        return switch (transport) {
            case "udp" -> "turn:" + settings.address() + ":" + port;
            case "tcp" -> "turn:" + settings.address() + ":" + port + "?transport=tcp";
            case "tls" -> "turns:" + settings.address() + ":" + tlsPort;
            default -> throw new IllegalArgumentException(transport + " is none of udp, tcp, tls");
        };
    }

    /** Its address for STUN. */
    public String stunUri() {
        return "stun:" + settings.address() + ":" + port;
    }

    /** What a client over TLS must trust. */
    public Path caFile() {
        return certificate.certificate();
    }

    /** What it has printed so far. */
    public String log() {
        return program.output();
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        program.kill();
    }

    /** Starts it again after {@link #kill}, on the same ports; it has forgotten everything. */
    public void restart() throws IOException {
        program = program();
    }

    @Override
    public void close() {
        program.close();
        Directories.delete(directory);
    }
}
