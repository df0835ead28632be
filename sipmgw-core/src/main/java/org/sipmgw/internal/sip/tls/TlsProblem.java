package org.sipmgw.internal.sip.tls;

import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says what failed in a TLS handshake. */
public final class TlsProblem {
    private TlsProblem() {}

    /**
     * Words for people where TLS is the cause: expired, unknown CA, host name mismatch, or the alert of the other side.
     * Empty where something else failed.
     */
    public static Optional<String> in(Throwable problem) {
        Optional<String> alert = Optional.empty();
        int depth = 0;
        for (Throwable cause = problem; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof CertificateException) {
                return Optional.ofNullable(cause.getMessage());
            }
            if (cause instanceof SSLException) {
                alert = Optional.of("TLS: " + cause.getMessage());
            }
        }
        return alert;
    }
}
