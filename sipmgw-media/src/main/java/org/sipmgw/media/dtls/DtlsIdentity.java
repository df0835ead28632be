package org.sipmgw.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.sipmgw.sdp.Fingerprint;
import org.sipmgw.spi.DeviceException;

/** A self-signed ECDSA P-256 certificate and its key, made for one connection and never stored. */
public final class DtlsIdentity {
    private static final Duration SLACK = Duration.ofDays(1);
    private static final Duration VALID = Duration.ofDays(30);

    private final BcTlsCrypto crypto;
    private final KeyPair keys;
    private final Certificate chain;
    private final Fingerprint fingerprint;

    private DtlsIdentity(BcTlsCrypto crypto, KeyPair keys, X509CertificateHolder certificate) throws IOException {
        this.crypto = crypto;
        this.keys = keys;
        this.chain =
                new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, certificate.toASN1Structure())});
        this.fingerprint = Fingerprint.of("sha-256", certificate.getEncoded());
    }

    /** A new identity; takes about a millisecond. */
    public static DtlsIdentity create() {
        SecureRandom random = new SecureRandom();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=sipmgw");
            Instant now = Instant.now();
            X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(64, random),
                            Date.from(now.minus(SLACK)),
                            Date.from(now.plus(VALID)),
                            name,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
            return new DtlsIdentity(new BcTlsCrypto(random), keys, certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new DeviceException("DTLS", "make a certificate", "this Java has no ECDSA P-256", e);
        }
    }

    /** What the session description states. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    TlsCredentialedSigner signer(TlsContext context) throws IOException {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                PrivateKeyFactory.createKey(keys.getPrivate().getEncoded()),
                chain,
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
}
