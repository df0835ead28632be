package org.sipmgw.internal.sip.registration;

import java.util.List;
import java.util.Optional;
import org.sipmgw.account.Credentials;
import org.sipmgw.internal.sip.SipAnswer;
import org.sipmgw.internal.sip.auth.DigestClient;

/** The password of a flow, for the registrar and for proxies. Not thread-safe. */
final class FlowDigest {
    private final Optional<DigestClient> registrar;
    private final Optional<DigestClient> proxy;

    FlowDigest(Optional<Credentials> credentials) {
        registrar = credentials.map(DigestClient::new);
        proxy = credentials.map(DigestClient::new);
    }

    Optional<DigestClient> registrar() {
        return registrar;
    }

    Optional<DigestClient> proxy() {
        return proxy;
    }

    /** Takes a 401 or 407; empty where the request is to be sent again, else why it is refused for good. */
    Optional<String> challenged(SipAnswer answer) {
        boolean byProxy = answer.status() == 407;
        List<String> challenges = answer.all(byProxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        Optional<DigestClient> client = byProxy ? proxy : registrar;
        if (client.isEmpty()) {
            return Optional.of("the registrar asks for a password and the account has none");
        }
        return switch (client.get().challenged(challenges)) {
            case ANSWER -> Optional.empty();
            case REFUSED -> Optional.of("user or password is wrong");
            case UNSUPPORTED -> Optional.of("the registrar asks for an authentication that is not known here");
        };
    }

    void accepted() {
        registrar.ifPresent(DigestClient::accepted);
        proxy.ifPresent(DigestClient::accepted);
    }
}
