package org.sipmgw.internal.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.admission.DigestAccess;
import org.sipmgw.admission.DigestUser;

/**
 * Asks callers for a password and checks what they answer (RFC 7616, RFC 8760). Keeps nothing of those who were asked:
 * a nonce proves itself. Thread-safe.
 */
public final class DigestServer {

    /** What came of a check. */
    public enum Result {
        /** User and password are right. */
        GRANTED,
        /** Nothing was answered, or to somebody else's question. */
        MISSING,
        /** The nonce is too old or was used before: ask again, without asking the person. */
        STALE,
        /** User or password is wrong. */
        WRONG
    }

    private static final List<DigestAlgorithm> ASKED = List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    private final DigestAccess access;
    private final ServerNonces nonces;
    private final Map<String, DigestUser> users = new HashMap<>();

    /** For these users. */
    public DigestServer(DigestAccess access) {
        this(access, new ServerNonces());
    }

    DigestServer(DigestAccess access, ServerNonces nonces) {
        this.access = access;
        this.nonces = nonces;
        access.users().forEach(user -> users.put(user.name(), user));
    }

    /** Values of WWW-Authenticate headers, the strongest first. */
    public List<String> challenges(boolean stale, long nowMs) {
        String nonce = nonces.make(nowMs);
        return ASKED.stream()
                .filter(algorithm -> users.values().stream().anyMatch(user -> secret(user, algorithm) != null))
                .map(algorithm -> "Digest realm=" + ChallengeParameters.quoted(access.realm()) + ", nonce=\"" + nonce
                        + "\", algorithm=" + algorithm.token() + ", qop=\"auth\"" + (stale ? ", stale=true" : ""))
                .toList();
    }

    /**
     * Checks the Authorization headers of a request.
     *
     * @param values of all of them
     * @param transaction the same again when the request comes again
     */
    public Result check(Collection<String> values, DigestRequest request, String transaction, long nowMs) {
        for (String value : values) {
            String text = value.strip();
            if (text.toLowerCase(Locale.ROOT).startsWith("digest ")) {
                Map<String, String> said = ChallengeParameters.parse(text.substring(7));
                if (access.realm().equals(said.get("realm"))) {
                    return check(said, request, transaction, nowMs);
                }
            }
        }
        return Result.MISSING;
    }

    private Result check(Map<String, String> said, DigestRequest request, String transaction, long nowMs) {
        Optional<DigestAlgorithm> algorithm =
                DigestAlgorithm.of(said.getOrDefault("algorithm", "MD5")).filter(ASKED::contains);
        DigestUser user = users.get(said.getOrDefault("username", ""));
        String secret = user == null || algorithm.isEmpty() ? null : secret(user, algorithm.get());
        boolean complete = "auth".equals(said.get("qop"))
                && said.containsKey("cnonce")
                && said.getOrDefault("nc", "").matches("[0-9a-fA-F]{8}")
                && request.uri().equals(said.get("uri"));
        if (secret == null || !complete) {
            return Result.WRONG;
        }
        String nonce = said.getOrDefault("nonce", "");
        if (!nonces.fresh(nonce, nowMs)) {
            return Result.STALE;
        }
        String expected = algorithm
                .get()
                .hex(secret + ":" + nonce + ":" + said.get("nc") + ":" + said.get("cnonce") + ":auth:"
                        + algorithm.get().hex(request.method() + ":" + request.uri()));
        if (!same(expected, said.getOrDefault("response", ""))) {
            return Result.WRONG;
        }
        long count = Long.parseLong(said.get("nc"), 16);
        return nonces.use(nonce, count, transaction) ? Result.GRANTED : Result.STALE;
    }

    private @Nullable String secret(DigestUser user, DigestAlgorithm algorithm) {
        Optional<String> hash = algorithm == DigestAlgorithm.MD5 ? user.md5() : user.sha256();
        return hash.or(() -> user.password()
                        .map(password -> algorithm.hex(user.name() + ":" + access.realm() + ":" + password)))
                .orElse(null);
    }

    /** Takes the same time whatever is wrong. */
    private static boolean same(String expected, String response) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                response.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
