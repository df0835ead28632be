package org.sipmgw.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.sdp.Fingerprint;

/** Both roles against OpenSSL, which exports the same keys. */
@Tag("media")
class DtlsConnectionIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private final DtlsIdentity identity = DtlsIdentity.create();
    private Fingerprint theirs;
    private SocketAddress remote;

    @BeforeEach
    void certificate() throws Exception {
        run(
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=openssl",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem")
                .waitFor(10, TimeUnit.SECONDS);
        try (InputStream in = Files.newInputStream(directory.resolve("cert.pem"))) {
            theirs = Fingerprint.of(
                    "sha-256",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(in)
                            .getEncoded());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80,AEAD_AES_128_GCM,56",
        "SRTP_AES128_CM_SHA1_80,AES128_CM_HMAC_SHA1_80,60",
        "SRTP_AES128_CM_SHA1_32,AES128_CM_HMAC_SHA1_32,60"
    })
    void asServerAgreesWithOpenssl(String offered, SrtpProfile profile, int length) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
                DtlsConnection connection = new DtlsConnection(identity, List.of(theirs), false, out(socket))) {
            listen(socket, connection);
            Process client = openssl("s_client", offered, length, "-connect", "127.0.0.1:" + socket.getLocalPort());
            SrtpKeys keys = connection.handshake();
            assertThat(keys.profile()).isEqualTo(profile);
            assertThat(exported(client)).isEqualTo(exported(keys, false));
        }
    }

    @ParameterizedTest
    @CsvSource({"SRTP_AEAD_AES_128_GCM,AEAD_AES_128_GCM,56", "SRTP_AES128_CM_SHA1_80,AES128_CM_HMAC_SHA1_80,60"})
    void asClientAgreesWithOpenssl(String offered, SrtpProfile profile, int length) throws Exception {
        int port = freePort();
        Process server = openssl("s_server", offered, length, "-accept", Integer.toString(port), "-Verify", "1");
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
                DtlsConnection connection = new DtlsConnection(identity, List.of(theirs), true, out(socket))) {
            remote = new InetSocketAddress(LOOPBACK, port);
            listen(socket, connection);
            SrtpKeys keys = connection.handshake();
            assertThat(keys.profile()).isEqualTo(profile);
            assertThat(exported(server)).isEqualTo(exported(keys, true));
        }
    }

    @Test
    @Tag("fault")
    void anotherCertificateThanTheDescribedOneIsRefused() throws Exception {
        Fingerprint other = DtlsIdentity.create().fingerprint();
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
                DtlsConnection connection = new DtlsConnection(identity, List.of(other), false, out(socket))) {
            listen(socket, connection);
            Process client =
                    openssl("s_client", "SRTP_AES128_CM_SHA1_80", 60, "-connect", "127.0.0.1:" + socket.getLocalPort());
            assertThatThrownBy(connection::handshake).isInstanceOf(IOException.class);
            client.destroyForcibly().waitFor();
        }
    }

    @Test
    @Tag("fault")
    void aClientWithoutSrtpIsRefused() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
                DtlsConnection connection = new DtlsConnection(identity, List.of(theirs), false, out(socket))) {
            listen(socket, connection);
            Process client = run(
                    "s_client",
                    "-dtls1_2",
                    "-cert",
                    "cert.pem",
                    "-key",
                    "key.pem",
                    "-connect",
                    "127.0.0.1:" + socket.getLocalPort());
            assertThatThrownBy(connection::handshake).isInstanceOf(IOException.class);
            client.destroyForcibly().waitFor();
        }
    }

    private DtlsConnection.Output out(DatagramSocket socket) {
        return datagram -> {
            try {
                socket.send(new DatagramPacket(datagram, datagram.length, remote));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private void listen(DatagramSocket socket, DtlsConnection connection) {
        Thread thread = new Thread(() -> {
            byte[] buffer = new byte[2048];
            DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
            try {
                while (true) {
                    socket.receive(datagram);
                    remote = datagram.getSocketAddress();
                    connection.datagram(buffer, 0, datagram.getLength());
                }
            } catch (IOException e) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private Process openssl(String role, String profiles, int length, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                role,
                "-dtls1_2",
                "-cert",
                "cert.pem",
                "-key",
                "key.pem",
                "-use_srtp",
                profiles,
                "-keymatexport",
                "EXTRACTOR-dtls_srtp",
                "-keymatexportlen",
                Integer.toString(length)));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        if (arguments[0].equals("s_server")) {
            // it is ready when it says so
            StringBuilder said = new StringBuilder();
            while (!said.toString().contains("ACCEPT")) {
                said.append((char) process.getInputStream().read());
            }
        }
        return process;
    }

    private static String exported(Process openssl) throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        Pattern keys = Pattern.compile("Keying material: ([0-9A-F]+)\\s");
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                Matcher matcher = keys.matcher(said);
                if (matcher.find()) {
                    return matcher.group(1).toLowerCase(Locale.ROOT);
                }
                int count = openssl.getInputStream().read(buffer);
                if (count < 0) {
                    return said.toString();
                }
                said.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } finally {
            openssl.destroyForcibly().waitFor();
        }
    }

    private static String exported(SrtpKeys keys, boolean client) {
        HexFormat hex = HexFormat.of();
        return client
                ? hex.formatHex(keys.sendKey())
                        + hex.formatHex(keys.receiveKey())
                        + hex.formatHex(keys.sendSalt())
                        + hex.formatHex(keys.receiveSalt())
                : hex.formatHex(keys.receiveKey())
                        + hex.formatHex(keys.sendKey())
                        + hex.formatHex(keys.receiveSalt())
                        + hex.formatHex(keys.sendSalt());
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
