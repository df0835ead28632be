package org.sipmgw.internal.sip.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.fakes.Authority;
import org.sipmgw.internal.sip.net.SocketWatch;
import org.sipmgw.tls.TlsSettings;

/** We connect to somebody else's TLS: openssl s_server. */
@Tag("dialog")
class OutgoingTlsIT {
    @TempDir
    static Path directory;

    private static Authority known;
    private static Authority unknown;

    @BeforeAll
    static void makeAuthorities() throws IOException {
        known = new Authority(directory.resolve("known"), "Known CA");
        unknown = new Authority(directory.resolve("unknown"), "Unknown CA");
    }

    private static TlsSettings trusting(Authority authority) {
        return TlsSettings.defaults().withCa(authority.certificate());
    }

    /** Handshake and one line there and back; gives protocol and what came back. */
    private static String talk(TlsSettings settings, OpensslServer server, String name) throws IOException {
        try (SocketWatch watch = new SocketWatch()) {
            TlsSockets sockets = new TlsSockets(new TlsContext(settings), watch);
            sockets.expect(server.address(), name);
            try (SSLSocket socket = sockets.connect(
                    server.address().getAddress(), server.address().getPort(), null)) {
                socket.startHandshake();
                socket.getOutputStream().write("abc\n".getBytes(US_ASCII));
                String back = new String(socket.getInputStream().readNBytes(4), US_ASCII);
                return socket.getSession().getProtocol() + " " + back.strip();
            }
        }
    }

    private static String refusal(TlsSettings settings, OpensslServer server, String name) {
        return TlsProblem.in(catchThrowable(() -> talk(settings, server, name))).orElse("no TLS problem");
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2,TLSv1.2", "-tls1_3,TLSv1.3"})
    void speaksTls12And13(String option, String protocol) throws IOException {
        try (OpensslServer server = new OpensslServer(known.sign("s1", "DNS:gw.example", 1), List.of(option))) {
            assertThat(talk(trusting(known), server, "gw.example")).isEqualTo(protocol + " cba");
        }
    }

    @Test
    void refusesOlderProtocols() throws IOException {
        try (OpensslServer server = new OpensslServer(
                known.sign("s2", "DNS:gw.example", 1), List.of("-tls1_1", "-cipher", "ALL:@SECLEVEL=0"))) {
            assertThat(refusal(trusting(known), server, "gw.example")).startsWith("TLS: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gw.example", "127.0.0.1", "sipdomain.example"})
    void acceptsANameOrAddressOrSipUriThatTheCertificateBears(String name) throws IOException {
        String names = "DNS:gw.example,IP:127.0.0.1,URI:sip:sipdomain.example";
        try (OpensslServer server = new OpensslServer(known.sign("s3", names, 1), List.of())) {
            assertThat(talk(trusting(known), server, name)).endsWith(" cba");
        }
    }

    @Test
    void refusesAnotherHostNameAndNamesBoth() throws IOException {
        try (OpensslServer server =
                new OpensslServer(known.sign("s4", "DNS:gw.example,URI:sip:a.example", 1), List.of())) {
            assertThat(refusal(trusting(known), server, "evil.example"))
                    .isEqualTo("host name mismatch: connected to evil.example,"
                            + " the certificate is for gw.example, sip:a.example");
        }
    }

    @Test
    void refusesAnExpiredCertificate() throws IOException {
        try (OpensslServer server = new OpensslServer(known.sign("s5", "DNS:gw.example", -1), List.of())) {
            assertThat(refusal(trusting(known), server, "gw.example")).startsWith("certificate expired: CN=s5, ");
        }
    }

    @Test
    void refusesAnUnknownAuthorityAlsoTheRuntimesDefault() throws IOException {
        try (OpensslServer server = new OpensslServer(unknown.sign("s6", "DNS:gw.example", 1), List.of())) {
            String refused = "unknown CA: CN=s6, signed by CN=Unknown CA";
            assertThat(refusal(trusting(known), server, "gw.example")).isEqualTo(refused);
            assertThat(refusal(TlsSettings.defaults(), server, "gw.example")).isEqualTo(refused);
        }
    }

    @Test
    void checksNothingWhereToldSo() throws IOException {
        try (OpensslServer server = new OpensslServer(unknown.sign("s7", "DNS:other.example", 1), List.of())) {
            assertThat(talk(TlsSettings.defaults().withoutVerification(), server, "gw.example"))
                    .endsWith(" cba");
        }
    }

    @Test
    void showsItsOwnCertificateWhereAsked() throws IOException {
        List<String> demand = List.of(
                "-Verify",
                "2",
                "-verify_return_error",
                "-CAfile",
                known.certificate().toString());
        try (OpensslServer server = new OpensslServer(known.sign("s8", "DNS:gw.example", 1), demand)) {
            Authority.Identity own = known.sign("own", "DNS:me.example", 1);
            TlsSettings mutual = trusting(known).withCertificate(own.certificate(), own.key());
            assertThat(talk(mutual, server, "gw.example")).endsWith(" cba");
            assertThat(refusal(trusting(known), server, "gw.example")).contains("certificate");
        }
    }
}
