package org.sipmgw.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate that vouches for itself, made by openssl.
 *
 * @param certificate PEM, also what a client must trust
 * @param key PEM
 */
record TurnCertificate(Path certificate, Path key) {

    /** @param names as openssl writes them: {@code IP:127.0.0.1} */
    static TurnCertificate create(Path directory, String names) throws IOException {
        Path certificate = directory.resolve("turn.pem");
        Path key = directory.resolve("turn.key");
        Program.run(
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=turn",
                        "-addext",
                        "subjectAltName=" + names,
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString()),
                directory,
                10_000);
        if (!Files.exists(certificate)) {
            throw new IOException("openssl has made no certificate");
        }
        return new TurnCertificate(certificate, key);
    }
}
