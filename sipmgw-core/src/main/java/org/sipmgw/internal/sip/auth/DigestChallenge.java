package org.sipmgw.internal.sip.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A challenge: the value of a WWW-Authenticate or Proxy-Authenticate header.
 *
 * @param realm whose password is asked for
 * @param nonce to be hashed in
 * @param opaque to be given back
 * @param algorithm the hash
 * @param stale whether only the nonce was too old, not the password wrong
 * @param qop what it can protect, lower case; empty as in RFC 2069
 */
public record DigestChallenge(
        String realm,
        String nonce,
        Optional<String> opaque,
        DigestAlgorithm algorithm,
        boolean stale,
        Set<String> qop) {
    private static final String SCHEME = "digest";
    private static final Set<String> KNOWN_QOP = Set.of("auth", "auth-int");

    /** Empty where it is no digest, lacks realm or nonce, or asks for a hash or protection that is not known. */
    public static Optional<DigestChallenge> parse(String value) {
        String text = value.strip();
        if (!text.toLowerCase(Locale.ROOT).matches("(?s)" + SCHEME + "\\s.*")) {
            return Optional.empty();
        }
        Map<String, String> found = ChallengeParameters.parse(text.substring(SCHEME.length()));
        String realm = found.get("realm");
        String nonce = found.get("nonce");
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(found.getOrDefault("algorithm", "MD5"));
        Set<String> offered = Arrays.stream(found.getOrDefault("qop", "").split("[,\\s]+"))
                .map(token -> token.toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        boolean unknownQop = !offered.isEmpty() && offered.stream().noneMatch(KNOWN_QOP::contains);
        if (realm == null || nonce == null || algorithm.isEmpty() || unknownQop) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(
                realm,
                nonce,
                Optional.ofNullable(found.get("opaque")),
                algorithm.get(),
                "true".equalsIgnoreCase(found.get("stale")),
                offered));
    }

    /** What to protect: {@code auth-int} only where nothing else is offered, for proxies may change bodies. */
    Optional<String> protection() {
        if (qop.contains("auth")) {
            return Optional.of("auth");
        }
        return qop.contains("auth-int") ? Optional.of("auth-int") : Optional.empty();
    }
}
