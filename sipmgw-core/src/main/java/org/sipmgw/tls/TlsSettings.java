package org.sipmgw.tls;

import java.nio.file.Path;
import java.util.Optional;
import org.sipmgw.spi.ConfigException;

/**
 * Certificates of the gateway and whom it trusts. The files are read again when they change; a change that cannot be
 * read leaves the last good ones in force. TLS 1.2 and 1.3 are spoken, nothing older. Immutable.
 *
 * @param certificate PEM file with our certificate and those above it; needed to listen, and where peers ask for it
 * @param key PEM file with the private key, PKCS#8 without a password; the certificate's file where not given
 * @param ca PEM file with the authorities that are trusted; those of the Java runtime where not given
 * @param clientCertificates whether a peer that connects to us must show a certificate
 * @param verifyServers whether certificate and host name of servers we connect to are verified; turn it off for a test only
 */
public record TlsSettings(
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> ca,
        ClientCertificates clientCertificates,
        boolean verifyServers) {

    /** What a peer that connects to us must show. */
    public enum ClientCertificates {
        /** Nothing; the usual case. */
        NONE,
        /** A certificate is asked for, and verified where it is shown. */
        WANTED,
        /** No connection without a certificate that {@link TlsSettings#ca()} has signed. */
        REQUIRED
    }

    public TlsSettings {
        if (key.isPresent() && certificate.isEmpty()) {
            throw new ConfigException("tls.certificate", "nothing", "the certificate that belongs to tls.key");
        }
        if (clientCertificates != ClientCertificates.NONE && ca.isEmpty()) {
            throw new ConfigException(
                    "tls.ca", "nothing", "the file of the authority that signs the certificates of clients");
        }
    }

    /** No certificate of our own: enough to connect to others, whose certificates the Java runtime's authorities vouch for. */
    public static TlsSettings defaults() {
        return new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), ClientCertificates.NONE, true);
    }

    /** The same with our own certificate and key. */
    public TlsSettings withCertificate(Path chain, Path privateKey) {
        return new TlsSettings(Optional.of(chain), Optional.of(privateKey), ca, clientCertificates, verifyServers);
    }

    /** The same with our own certificate and key in one file. */
    public TlsSettings showing(Path both) {
        return new TlsSettings(Optional.of(both), Optional.empty(), ca, clientCertificates, verifyServers);
    }

    /** The same with other authorities. */
    public TlsSettings withCa(Path authorities) {
        return new TlsSettings(certificate, key, Optional.of(authorities), clientCertificates, verifyServers);
    }

    /** The same with another demand on clients; needs {@link #withCa} first. */
    public TlsSettings withClientCertificates(ClientCertificates demand) {
        return new TlsSettings(certificate, key, ca, demand, verifyServers);
    }

    /** The same without any check of servers: whoever sits between can read and change everything. */
    public TlsSettings withoutVerification() {
        return new TlsSettings(certificate, key, ca, clientCertificates, false);
    }
}
