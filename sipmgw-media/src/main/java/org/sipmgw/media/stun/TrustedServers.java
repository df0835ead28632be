package org.sipmgw.media.stun;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sipmgw.spi.ConfigException;

/** Which servers over TLS are trusted. */
public final class TrustedServers {
    private TrustedServers() {}

    /**
     * Those whose certificate one of {@code caFile} vouches for; without a file those that Java trusts.
     *
     * @throws ConfigException when the file holds no certificate
     */
    public static SSLContext context(Optional<Path> caFile) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(caFile.isEmpty() ? null : store(caFile.get()));
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            ConfigException refusal = new ConfigException(
                    "nat.caFile", caFile.map(Path::toString).orElse(""), "a file of certificates in PEM");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static KeyStore store(Path caFile) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(caFile)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("no certificate in it");
            }
        }
        return store;
    }
}
