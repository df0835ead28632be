package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A real Kamailio as registrar and proxy on loopback: UDP, TCP and TLS, digest, flows (RFC 5626), path, registrations in
 * memory. Closing ends it.
 */
public final class KamailioServer implements AutoCloseable {

    private static final long START_MS = 15_000;
    private static final Path MODULES = Path.of("/usr/lib/x86_64-linux-gnu/kamailio/modules/");

    private static final String SERVICE_ROUTE =
            "append_to_reply(\"Service-Route: <sip:127.0.0.1:%d;lr;id=home>\\r\\n\");";

    private final Path directory;
    private final int port;
    private final KamailioSettings settings;
    private Program kamailio;

    private KamailioServer(Path directory, int port, KamailioSettings settings) throws IOException {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
        this.kamailio = launch();
    }

    /** Starts one and waits until it answers. */
    public static KamailioServer start(KamailioSettings settings) throws IOException {
        if (!Files.isDirectory(MODULES.toRealPath())) {
            throw new IOException("Kamailio is not installed: apt install kamailio kamailio-tls-modules");
        }
        Path directory = Directories.temporary("kamailio");
        try {
            int port = FreePorts.block(2);
            Files.writeString(directory.resolve("kamailio.cfg"), configuration(directory, port, settings));
            certificate(directory);
            return new KamailioServer(directory, port, settings);
        } catch (IOException | RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    /** The port for UDP and TCP, at 127.0.0.1 and ::1. */
    public int port() {
        return port;
    }

    /** The port for TLS. */
    public int tlsPort() {
        return port + 1;
    }

    /** PEM file of the authority to trust for TLS. */
    public Path authority() {
        return directory.resolve("kamailio.crt");
    }

    /** A line for an accounts file, for the user of that name. */
    public String account(String user, String transport, String parameters) {
        return "<sip:" + user + "@127.0.0.1:" + (transport.equals("tls") ? tlsPort() : port) + ";transport=" + transport
                + ">;auth_pass=\"" + settings.users().get(user) + "\"" + parameters;
    }

    /** The Contacts that are registered for a user, as Kamailio prints them. */
    public List<String> contacts(String user) throws IOException {
        return lines("REGISTERED " + user + " ").stream()
                .reduce((earlier, later) -> later)
                .filter(last -> !last.isBlank())
                .map(last -> List.of(last.split(" ")))
                .orElse(List.of());
    }

    /** How many REGISTER requests of a user came so far. */
    public int registers(String user) throws IOException {
        return lines("REGISTER " + user).size();
    }

    /** How many requests of a user were answered 401. */
    public int challenges(String user) throws IOException {
        return lines("CHALLENGED " + user).size();
    }

    /** Transport, Route and Contact of each INVITE of a user, as {@code by tcp Route … Contact …}. */
    public List<String> invites(String user) throws IOException {
        return lines("INVITE " + user + " ");
    }

    /** How many INVITEs of a user were answered 407. */
    public int unsigned(String user) throws IOException {
        return lines("UNSIGNED " + user).size();
    }

    private List<String> lines(String after) throws IOException {
        try (var all = Files.lines(directory.resolve("kamailio.log"), StandardCharsets.ISO_8859_1)) {
            return all.filter(line -> line.contains(after))
                    .map(line ->
                            line.substring(line.indexOf(after) + after.length()).strip())
                    .toList();
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        kamailio.kill();
    }

    /** Starts it again after {@link #kill}, at the same ports and without its memory. */
    public void restart() throws IOException {
        kamailio = launch();
    }

    private Program launch() throws IOException {
        String dir = directory.toString();
        Program started = Program.start(
                List.of(
                        "kamailio",
                        "-DD",
                        "-E",
                        "-f",
                        dir + "/kamailio.cfg",
                        "-P",
                        dir + "/pid",
                        "-Y",
                        dir,
                        "-w",
                        dir,
                        "-m",
                        "64",
                        "-M",
                        "8"),
                directory,
                Map.of());
        try {
            started.await(this::answers, START_MS);
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    private boolean answers() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            byte[] ping = ("OPTIONS sip:127.0.0.1:" + port + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"
                            + socket.getLocalPort() + ";branch=z9hG4bK" + System.nanoTime()
                            + "\r\nFrom: <sip:x@y>;tag=1\r\nTo: <sip:x@y>\r\nCall-ID: " + System.nanoTime()
                            + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 5\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(ping, ping.length, InetAddress.getByName("127.0.0.1"), port));
            socket.setSoTimeout(200);
            socket.receive(new DatagramPacket(new byte[2000], 2000));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        kamailio.close();
        Directories.delete(directory);
    }

    private static void certificate(Path directory) throws IOException {
        Program.run(
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=127.0.0.1",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1,IP:::1",
                        "-keyout",
                        "kamailio.key",
                        "-out",
                        "kamailio.crt"),
                directory,
                20_000);
        Files.writeString(directory.resolve("tls.cfg"), """
                [server:default]
                method = TLSv1.2+
                verify_certificate = no
                private_key = %1$s/kamailio.key
                certificate = %1$s/kamailio.crt
                [client:default]
                method = TLSv1.2+
                verify_certificate = no
                """.formatted(directory));
    }

    private static String configuration(Path directory, int port, KamailioSettings settings) throws IOException {
        String users = settings.users().entrySet().stream()
                .map(user -> "$sht(users=>" + user.getKey() + ") = \"" + user.getValue() + "\";")
                .collect(Collectors.joining("\n    "));
        try (var template = KamailioServer.class.getResourceAsStream("kamailio.cfg.in")) {
            return new String(java.util.Objects.requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PORT@", Integer.toString(port))
                    .replace("@TLS@", Integer.toString(port + 1))
                    .replace("@DIR@", directory.toString())
                    .replace("@MODULES@", MODULES.toString())
                    .replace("@ALGORITHM@", settings.algorithm())
                    .replace("@NONCE@", Integer.toString(settings.nonceSeconds()))
                    .replace("@MIN_EXPIRES@", Integer.toString(settings.smallestExpires()))
                    .replace("@SERVICE_ROUTE@", settings.serviceRoute() ? SERVICE_ROUTE.formatted(port) : "")
                    .replace("@USERS@", users);
        }
    }
}
