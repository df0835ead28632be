package org.sipmgw.examples;

import java.util.List;
import java.util.Optional;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.DigestAccess;
import org.sipmgw.admission.DigestUser;
import org.sipmgw.admission.Network;
import org.sipmgw.admission.RateLimit;

/** The keys of who may call. */
final class AdmissionKeys {
    private static final int MOST = 100_000;

    private AdmissionKeys() {}

    static AdmissionRules rules(Section admission) {
        AdmissionRules defaults = AdmissionRules.defaults();
        List<String> agents = admission.list("refusedUserAgents");
        AdmissionRules rules = new AdmissionRules(
                networks(admission, "allowed"),
                agents.isEmpty() ? defaults.refusedUserAgents() : agents,
                rate(admission, "perSource", defaults.perSource()),
                rate(admission, "total", defaults.total()),
                digest(admission.section("digest")));
        admission.nothingElse();
        return rules;
    }

    private static List<Network> networks(Section section, String key) {
        return section.list(key).stream().map(Network::parse).toList();
    }

    private static RateLimit rate(Section admission, String name, RateLimit otherwise) {
        return new RateLimit(
                admission.number(name + "PerSecond", otherwise.perSecond(), 1, MOST),
                admission.number(name + "Burst", otherwise.burst(), 1, MOST));
    }

    private static Optional<DigestAccess> digest(Section digest) {
        List<DigestUser> users = digest.texts("users").entrySet().stream()
                .map(entry -> user(entry.getKey(), entry.getValue()))
                .toList();
        Optional<String> realm = digest.text("realm");
        List<Network> exempt = networks(digest, "exempt");
        digest.nothingElse();
        return users.isEmpty() && realm.isEmpty()
                ? Optional.empty()
                : Optional.of(new DigestAccess(realm.orElse("sipmgw"), users, exempt));
    }

    /** {@code md5:HEX} and {@code sha256:HEX} are hashes, everything else is the password. */
    private static DigestUser user(String name, String secret) {
        Optional<String> none = Optional.empty();
        if (secret.matches("md5:[0-9a-fA-F]{32}")) {
            return new DigestUser(name, none, Optional.of(secret.substring(4)), none);
        }
        if (secret.matches("sha256:[0-9a-fA-F]{64}")) {
            return new DigestUser(name, none, none, Optional.of(secret.substring(7)));
        }
        return DigestUser.of(name, secret);
    }
}
