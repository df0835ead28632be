package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.fakes.Authority;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.tls.TlsSettings;
import org.sipmgw.tls.TlsSettings.ClientCertificates;

/** Room systems call over TLS, by openssl s_client. */
@Tag("dialog")
class TlsIT {
    @TempDir
    static Path directory;

    private static Authority authority;

    @BeforeAll
    static void makeAuthority() throws IOException {
        authority = new Authority(directory.resolve("ca"), "Test CA");
    }

    private static TlsSettings settings(Authority.Identity identity) {
        return TlsSettings.defaults()
                .withCa(authority.certificate())
                .withCertificate(identity.certificate(), identity.key());
    }

    /** openssl verifies us as strictly as it can. */
    private static RawPhone phone(TestGateway gateway, String... options) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("-CAfile", authority.certificate().toString()));
        all.addAll(List.of("-verify_return_error", "-verify_ip", "127.0.0.1"));
        all.addAll(List.of(options));
        return RawPhone.tls(gateway.address(Transport.TLS), all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void takesACallAndHangsUpThroughTheSameConnection(String protocol) throws IOException {
        try (TestGateway gateway = TestGateway.tls(settings(authority.sign("gw" + protocol, "IP:127.0.0.1", 1)));
                RawPhone phone = phone(gateway, protocol)) {
            RawCall call = new RawCall(phone, "room42");
            RawMessage answer = call.establish();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            int port = gateway.address(Transport.TLS).getPort();
            assertThat(answer.contactUri()).isEqualTo("sip:127.0.0.1:" + port + ";transport=tls");
            gateway.events.await("state CONNECTED");
            gateway.events.calls.get(0).hangUp();
            RawMessage bye = phone.awaitRequest("BYE");
            assertThat(bye.header("Via").orElseThrow()).startsWith("SIP/2.0/TLS 127.0.0.1:" + port);
            call.reply(bye, 200);
            gateway.events.awaitEnd();
            gateway.assertEmpty();
        }
    }

    @Test
    void isNotEndedByCarriageReturnsInARow() throws IOException {
        try (TestGateway gateway = TestGateway.tls(settings(authority.sign("gwcr", "IP:127.0.0.1", 1)));
                RawPhone phone = phone(gateway)) {
            assertThat(new RawCall(phone, "a").ask("OPTIONS", "").status()).isEqualTo(200);
            phone.send("\r\r\r\r\r\n");
            RawCall call = new RawCall(phone, "room42");
            assertThat(call.establish().status()).isEqualTo(200);
            phone.send("\r\n\r\r\r\n");
            assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        }
    }

    @Test
    void answersWithinTlsThoughTheSamePortIsConnectedByTcpToo() throws IOException {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = probe.getLocalPort();
        }
        try (TestGateway gateway = TestGateway.tls(settings(authority.sign("gwtwo", "IP:127.0.0.1", 1)));
                RawPhone secured = phone(gateway, "-bind", "127.0.0.1:" + port)) {
            assertThat(new RawCall(secured, "a").ask("OPTIONS", "").status()).isEqualTo(200);
            try (RawPhone plain = RawPhone.tcpFrom(gateway.address(Transport.TCP), port)) {
                assertThat(new RawCall(plain, "a").ask("OPTIONS", "").status()).isEqualTo(200);
                assertThat(new RawCall(secured, "a").ask("OPTIONS", "").status())
                        .isEqualTo(200);
                assertThat(new RawCall(plain, "a").ask("OPTIONS", "").status()).isEqualTo(200);
            }
            assertThat(new RawCall(secured, "a").ask("OPTIONS", "").status()).isEqualTo(200);
        }
    }

    @Test
    void refusesTls11() throws Exception {
        try (TestGateway gateway = TestGateway.tls(settings(authority.sign("gw11", "IP:127.0.0.1", 1)));
                RawPhone phone = phone(gateway, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")) {
            assertThat(lastWords(phone)).contains("alert protocol version");
        }
    }

    @Test
    void letsNobodyInWithoutACertificateWhereOneIsRequired() throws Exception {
        TlsSettings settings =
                settings(authority.sign("gwm", "IP:127.0.0.1", 1)).withClientCertificates(ClientCertificates.REQUIRED);
        Authority strange = new Authority(directory.resolve("strange"), "Strange CA");
        List<String> alien = strange.sign("alien", "DNS:room.example", 1).options();
        List<String> expired = authority.sign("old", "DNS:room.example", -1).options();
        List<String> good = authority.sign("good", "DNS:room.example", 1).options();
        try (TestGateway gateway = TestGateway.tls(settings);
                RawPhone nobody = phone(gateway);
                RawPhone stranger = phone(gateway, alien.toArray(String[]::new));
                RawPhone late = phone(gateway, expired.toArray(String[]::new));
                RawPhone room = phone(gateway, good.toArray(String[]::new))) {
            for (RawPhone refused : List.of(nobody, stranger, late)) {
                assertThat(lastWords(refused)).contains("alert");
            }
            assertThat(new RawCall(room, "room42").establish().status()).isEqualTo(200);
            assertThat(gateway.gateway.calls()).hasSize(1);
        }
    }

    @Test
    void takesARenewedCertificateWithoutRestartAndKeepsTheCallsItHas() throws Exception {
        Authority.Identity first = authority.sign("first", "IP:127.0.0.1", 1);
        try (TestGateway gateway = TestGateway.tls(settings(first));
                RawPhone before = phone(gateway)) {
            RawCall call = new RawCall(before, "room42");
            assertThat(call.establish().status()).isEqualTo(200);
            authority.sign("second", "IP:127.0.0.1,DNS:renewed.example", 1).replace(first);
            Thread.sleep(1100);
            try (RawPhone after = phone(gateway, "-verify_hostname", "renewed.example")) {
                assertThat(new RawCall(after, "room43").establish().status()).isEqualTo(200);
            }
            java.nio.file.Files.writeString(first.certificate(), "half a certifi");
            Thread.sleep(1100);
            try (RawPhone stillGood = phone(gateway, "-verify_hostname", "renewed.example")) {
                assertThat(new RawCall(stillGood, "room44").establish().status())
                        .isEqualTo(200);
            }
            assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        }
    }

    @Test
    void closesConnectionsThatNeverBroughtARequest() throws Exception {
        RawPhone phone;
        try (TestGateway gateway = TestGateway.tls(settings(authority.sign("gwc", "IP:127.0.0.1", 1)))) {
            phone = phone(gateway);
            Thread.sleep(300);
        }
        try (phone) {
            awaitClosed(phone);
        }
    }

    private static String lastWords(RawPhone phone) throws InterruptedException {
        awaitClosed(phone);
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (phone.said().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        return phone.said();
    }

    private static void awaitClosed(RawPhone phone) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!phone.connectionClosed() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(phone.connectionClosed()).as("closed").isTrue();
    }
}
