package org.sipmgw.internal.sip.tls;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies by the JDK's trust manager and says in words what failed. A server must bear the name it was connected by
 * (RFC 5922 section 7.1): a URI {@code sip:name} or a DNS name or address among its alternative names.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private static final int URI_NAME = 6;
    private final X509ExtendedTrustManager jdk;
    private final boolean verifyServers;

    PeerTrust(X509ExtendedTrustManager jdk, boolean verifyServers) {
        this.jdk = jdk;
        this.verifyServers = verifyServers;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        if (!verifyServers) {
            return;
        }
        checkServerTrusted(chain, kind);
        try {
            jdk.checkServerTrusted(chain, kind, socket);
        } catch (CertificateException problem) {
            String name = ((SSLSocket) socket).getHandshakeSession().getPeerHost();
            if (!bearsSipUri(chain[0], name)) {
                throw new CertificateException(
                        "host name mismatch: connected to " + name + ", the certificate is for " + names(chain[0]),
                        problem);
            }
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        throw new CertificateException("not used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        try {
            jdk.checkServerTrusted(chain, kind);
        } catch (CertificateException problem) {
            throw worded(chain, problem);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        checkClientTrusted(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        throw new CertificateException("not used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        try {
            jdk.checkClientTrusted(chain, kind);
        } catch (CertificateException problem) {
            throw worded(chain, problem);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }

    private static CertificateException worded(X509Certificate[] chain, CertificateException problem) {
        String subject = chain[0].getSubjectX500Principal().getName();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return new CertificateException(
                        "certificate expired: " + subject + ", " + chain[0].getNotAfter(), problem);
            }
            if (cause instanceof CertificateNotYetValidException) {
                return new CertificateException(
                        "certificate not yet valid: " + subject + ", " + chain[0].getNotBefore(), problem);
            }
            if (cause instanceof CertPathBuilderException) {
                return new CertificateException(
                        "unknown CA: " + subject + ", signed by "
                                + chain[0].getIssuerX500Principal().getName(),
                        problem);
            }
        }
        return new CertificateException("certificate refused: " + subject + ": " + problem.getMessage(), problem);
    }

    private static boolean bearsSipUri(X509Certificate certificate, String name) throws CertificateException {
        String wanted = "sip:" + name.toLowerCase(Locale.ROOT);
        return alternativeNames(certificate).stream()
                .anyMatch(one -> Integer.valueOf(URI_NAME).equals(one.get(0))
                        && wanted.equals(String.valueOf(one.get(1)).toLowerCase(Locale.ROOT)));
    }

    private static String names(X509Certificate certificate) throws CertificateException {
        StringJoiner names = new StringJoiner(", ");
        names.setEmptyValue(certificate.getSubjectX500Principal().getName());
        alternativeNames(certificate).forEach(one -> names.add(String.valueOf(one.get(1))));
        return names.toString();
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null ? List.of() : names;
    }
}
