package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.fakes.FakeEngine;
import org.sipmgw.fakes.FakeJoiner;
import org.sipmgw.fakes.FaultLadder;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.tls.TlsSettings;
import org.sipmgw.tls.TlsSettings.ClientCertificates;

/** What is wrong with certificates is said when the gateway is built, by key and file. */
@Tag("dialog")
class TlsSettingsTest {
    @TempDir
    private Path directory;

    private static Gateway build(TlsSettings settings) {
        FaultLadder faults = new FaultLadder(0);
        return Gateway.builder()
                .listen(ListeningPoint.tls("127.0.0.1", 0))
                .tls(settings)
                .mediaEngine(new FakeEngine(faults))
                .joiner(new FakeJoiner(faults))
                .rooms(request -> Optional.empty())
                .build();
    }

    @Test
    void needsACertificateToListen() {
        assertThatThrownBy(() -> build(TlsSettings.defaults()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("tls.certificate: 'nothing'");
    }

    @Test
    void namesAFileThatIsMissingOrNoCertificate() throws IOException {
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> build(TlsSettings.defaults().withCertificate(missing, missing)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("tls.certificate", missing.toString());
        Path text = Files.writeString(directory.resolve("text.pem"), "hello");
        assertThatThrownBy(() -> build(TlsSettings.defaults().withCertificate(text, text)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no certificate in PEM");
    }

    @Test
    void asksClientsForCertificatesOnlyWithAnAuthorityOfOnesOwn() {
        assertThatThrownBy(() -> TlsSettings.defaults().withClientCertificates(ClientCertificates.REQUIRED))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("tls.ca");
    }
}
