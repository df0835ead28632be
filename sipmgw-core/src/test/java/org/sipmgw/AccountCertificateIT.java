package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.account.Account;
import org.sipmgw.fakes.Authority;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.tls.TlsSettings;

/** An account's {@code cert} is what its registrar is shown: openssl s_server demands one. */
@Tag("registrar")
class AccountCertificateIT {
    @TempDir
    static Path directory;

    private static Authority authority;

    @BeforeAll
    static void certify() throws IOException {
        authority = new Authority(directory.resolve("ca"), "Test CA");
    }

    private static String oneFile(String name, String names) throws IOException {
        Authority.Identity identity = authority.sign(name, names, 1);
        Path both = directory.resolve(name + ".pem");
        return Files.writeString(both, Files.readString(identity.certificate()) + Files.readString(identity.key()))
                .toString();
    }

    @Test
    void theRegistrarSeesTheCertificateOfTheAccountAndNotTheGateways() throws Exception {
        Authority.Identity own = authority.sign("gateway", "IP:127.0.0.1", 1);
        String ofAccount = oneFile("room-forty-two", "DNS:room42.example.org");
        List<String> options =
                new ArrayList<>(authority.sign("registrar", "IP:127.0.0.1", 1).options());
        // the state of the handshake goes to standard error: -brief names the peer's certificate
        options.addAll(List.of("-Verify", "1", "-verify_return_error", "-CAfile"));
        options.add(authority.certificate().toString());
        InetSocketAddress nowhere = new InetSocketAddress("127.0.0.1", 9);
        try (RawPhone registrar = RawPhone.tlsServer(nowhere, options)) {
            // it says nothing when it listens
            Thread.sleep(400);
            Account account = Account.parse(
                    "<sip:room42@" + registrar.address() + ";transport=tls>;auth_pass=x;cert=" + ofAccount);
            try (TestGateway gateway = TestGateway.with(builder -> builder.tls(TlsSettings.defaults()
                            .withCa(authority.certificate())
                            .withCertificate(own.certificate(), own.key()))
                    .account(account))) {
                RawMessage register = registrar.awaitRequest("REGISTER");
                assertThat(register.header("Contact").orElseThrow()).contains("sip:room42@");
                gateway.close();
            }
            registrar.close();
            for (int i = 0; i < 200 && registrar.said().isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(registrar.said()).contains("CN = room-forty-two").doesNotContain("CN = gateway");
        }
    }

    @Test
    void aFileThatCannotBeReadRefusesTheGateway() {
        assertThatThrownBy(() -> TestGateway.with(
                        builder -> builder.account(Account.parse("<sip:a@h>;regint=0;cert=/nowhere/gw.pem"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/nowhere/gw.pem");
    }
}
