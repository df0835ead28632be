package org.sipmgw.internal.sip.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.tls.TlsSettings;

/** The certificates in force. Looks at their files when a connection begins, at most once a second. Thread-safe. */
public final class TlsContext {
    private static final System.Logger LOG = System.getLogger(TlsContext.class.getName());
    private static final long LOOK_INTERVAL_NS = 1_000_000_000L;
    private static final char[] IN_MEMORY = {};

    private final TlsSettings settings;
    private SSLContext current;
    private List<String> stamps;
    private long lookedNs = System.nanoTime();

    /**
     * Reads the files.
     *
     * @throws ConfigException naming the key, the file and what is wrong with it
     */
    public TlsContext(TlsSettings settings) {
        this.settings = settings;
        this.stamps = stamps();
        this.current = load();
        if (!settings.verifyServers()) {
            LOG.log(System.Logger.Level.WARNING, "tls.verifyServers is off: anybody may pose as the server");
        }
    }

    /** What is asked of peers and shown to them. */
    TlsSettings settings() {
        return settings;
    }

    /** The context for the next connection. */
    public synchronized SSLContext current() {
        long nowNs = System.nanoTime();
        if (nowNs - lookedNs >= LOOK_INTERVAL_NS) {
            lookedNs = nowNs;
            List<String> found = stamps();
            if (!found.equals(stamps)) {
                stamps = found;
                reload();
            }
        }
        return current;
    }

    private void reload() {
        try {
            current = load();
            LOG.log(System.Logger.Level.INFO, "TLS certificates read again");
        } catch (ConfigException problem) {
            LOG.log(System.Logger.Level.WARNING, "TLS certificates changed, the old ones stay in force: " + problem);
        }
    }

    private List<String> stamps() {
        return Stream.of(settings.certificate(), settings.key(), settings.ca())
                .flatMap(Optional::stream)
                .map(TlsContext::stamp)
                .toList();
    }

    private static String stamp(Path file) {
        try {
            // a link that is turned to another directory changes the file, not always its time
            return file.toRealPath() + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException missing) {
            return "missing";
        }
    }

    private SSLContext load() {
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(identity(), new TrustManager[] {new PeerTrust(authorities(), settings.verifyServers())}, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS", e);
        }
    }

    private KeyManager @Nullable [] identity() throws GeneralSecurityException {
        if (settings.certificate().isEmpty()) {
            return null;
        }
        Path chainFile = settings.certificate().get();
        Path keyFile = settings.key().orElse(chainFile);
        List<X509Certificate> chain = read("tls.certificate", chainFile, PemFiles::certificates);
        PrivateKey key = read("tls.key", keyFile, PemFiles::key);
        if (!belongTogether(key, chain.get(0))) {
            throw new ConfigException("tls.key", keyFile, "the key that belongs to the certificate in " + chainFile);
        }
        KeyStore store = empty();
        store.setKeyEntry("own", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature trial = Signature.getInstance(algorithm);
        byte[] text = {1, 2, 3};
        trial.initSign(key);
        trial.update(text);
        byte[] signed = trial.sign();
        trial.initVerify(certificate.getPublicKey());
        trial.update(text);
        return trial.verify(signed);
    }

    private X509ExtendedTrustManager authorities() throws GeneralSecurityException {
        KeyStore store = null;
        if (settings.ca().isPresent()) {
            store = empty();
            List<X509Certificate> trusted =
                    new ArrayList<>(read("tls.ca", settings.ca().get(), PemFiles::certificates));
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("ca" + i, trusted.get(i));
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String key, Path file, Reading<T> reading) {
        try {
            return reading.read(file);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            ConfigException refusal =
                    new ConfigException(key, file, "a file in PEM that can be read (" + e.getMessage() + ")");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private interface Reading<T> {
        T read(Path file) throws IOException, GeneralSecurityException;
    }
}
