package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.Authority;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCallee;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.tls.TlsSettings;

/** The gateway calls over TLS: openssl s_server is called. */
@Tag("dialog")
class OutgoingTlsCallIT {
    private static final Room ROOM = Room.of(URI.create("https://meet.example/room42"), "Board room");

    @TempDir
    static Path directory;

    private static Authority authority;
    private static TestGateway gateway;

    @BeforeAll
    static void open() throws IOException {
        authority = new Authority(directory.resolve("ca"), "Test CA");
        Authority.Identity own = authority.sign("gw", "IP:127.0.0.1", 1);
        gateway = TestGateway.tls(
                TlsSettings.defaults().withCa(authority.certificate()).withCertificate(own.certificate(), own.key()));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.events.clear();
    }

    private static RawPhone phone(Authority.Identity identity, String... options)
            throws IOException, InterruptedException {
        List<String> all = new java.util.ArrayList<>(identity.options());
        all.addAll(List.of(options));
        RawPhone phone = RawPhone.tlsServer(gateway.address(Transport.TLS), all);
        // it says nothing when it listens
        Thread.sleep(300);
        return phone;
    }

    private static String uri(RawPhone phone) {
        return "sip:room1@localhost:" + phone.address().replaceAll(".*:", "") + ";transport=tls";
    }

    @Test
    void callsAndHangsUpThroughOneConnection() throws Exception {
        String demand = authority.certificate().toString();
        try (RawPhone phone = phone(
                authority.sign("room", "DNS:localhost", 1),
                "-Verify",
                "1",
                "-verify_return_error",
                "-CAfile",
                demand)) {
            RawCallee callee = new RawCallee(phone);
            Call call = gateway.gateway.call(uri(phone), ROOM, CallOptions.defaults());
            RawMessage invite = phone.awaitRequest("INVITE");
            int port = gateway.address(Transport.TLS).getPort();
            assertThat(invite.header("Via").orElseThrow()).startsWith("SIP/2.0/TLS 127.0.0.1:" + port);
            assertThat(invite.contactUri()).isEqualTo("sip:127.0.0.1:" + port + ";transport=tls");
            callee.take(invite);
            gateway.events.await("state CONNECTED");
            call.hangUp();
            callee.answer(phone.awaitRequest("BYE"), 200, "OK");
            assertThat(gateway.events.awaitEnd().cause()).isEqualTo(EndReason.Cause.LOCAL_HANG_UP);
        }
    }

    @Test
    void doesNotCallWhoCannotProveTheirName() throws Exception {
        try (RawPhone phone = phone(authority.sign("other", "DNS:other.example", 1))) {
            gateway.gateway.call(uri(phone), ROOM, CallOptions.defaults());
            EndReason reason = gateway.events.awaitEnd();
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.REFUSED);
            assertThat(reason.sipStatus()).isEqualTo(503);
            assertThat(reason.detail())
                    .contains("host name mismatch: connected to localhost, the certificate is for other.example");
        }
    }

    @Test
    void doesNotCallUnderAnExpiredCertificate() throws Exception {
        try (RawPhone phone = phone(authority.sign("late", "DNS:localhost", -1))) {
            gateway.gateway.call(uri(phone), ROOM, CallOptions.defaults());
            assertThat(gateway.events.awaitEnd().detail()).contains("certificate expired: CN=late");
        }
    }
}
