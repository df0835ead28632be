package org.sipmgw.internal.sip.auth;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sipmgw.account.Credentials;

/**
 * Answers challenges with one user's password. Remembers nonces, so that later requests are not challenged again. One
 * for WWW-Authenticate, another for Proxy-Authenticate. Not thread-safe.
 */
public final class DigestClient {

    /** What came of a challenge. */
    public enum Outcome {
        /** Send the request again with {@link #authorizations}. */
        ANSWER,
        /** What was sent was fresh and is refused: user or password is wrong. */
        REFUSED,
        /** Nothing in it can be answered. */
        UNSUPPORTED
    }

    private static final int MOST_STALE = 3;

    private final Credentials credentials;
    private final Supplier<String> cnonces;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private int stale;

    /** Uses cnonces that nobody can guess. */
    public DigestClient(Credentials credentials) {
        this(credentials, randomCnonces());
    }

    DigestClient(Credentials credentials, Supplier<String> cnonces) {
        this.credentials = credentials;
        this.cnonces = cnonces;
    }

    private static Supplier<String> randomCnonces() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }

    /**
     * Takes the challenges of a 401 or 407. Of each realm's the strongest is answered.
     *
     * @param values all headers of that name
     */
    public Outcome challenged(Collection<String> values) {
        Map<String, DigestChallenge> strongest = new LinkedHashMap<>();
        values.stream()
                .flatMap(value -> DigestChallenge.parse(value).stream())
                .forEach(challenge -> strongest.merge(
                        challenge.realm(), challenge, (a, b) -> b.algorithm().compareTo(a.algorithm()) > 0 ? b : a));
        if (strongest.isEmpty()) {
            return Outcome.UNSUPPORTED;
        }
        boolean old = strongest.values().stream().anyMatch(DigestChallenge::stale);
        stale = old ? stale + 1 : 0;
        boolean fresh = strongest.keySet().stream()
                .anyMatch(realm ->
                        sessions.containsKey(realm) && sessions.get(realm).unproved());
        boolean refused = old ? stale > MOST_STALE : fresh;
        sessions.clear();
        if (refused) {
            stale = 0;
            return Outcome.REFUSED;
        }
        strongest.values().forEach(challenge -> sessions.put(challenge.realm(), new Session(challenge, cnonces.get())));
        return Outcome.ANSWER;
    }

    /** Header values for a request; none before the first challenge. Counts the use of each nonce. */
    public List<String> authorizations(DigestRequest request) {
        List<String> headers = new ArrayList<>();
        sessions.values()
                .forEach(session -> headers.add(
                        DigestAnswer.to(session.challenge, credentials, request, session.cnonce, ++session.count)));
        return headers;
    }

    /** To be told when a request was not challenged: what was sent is right. */
    public void accepted() {
        stale = 0;
        // the next challenge is about a nonce that has aged, not about the password
        sessions.values().forEach(session -> session.proved = true);
    }

    private static final class Session {
        private final DigestChallenge challenge;
        private final String cnonce;
        private int count;
        private boolean proved;

        private Session(DigestChallenge challenge, String cnonce) {
            this.challenge = challenge;
            this.cnonce = cnonce;
        }

        /** Was sent, and nothing else but a challenge came of it. */
        private boolean unproved() {
            return count > 0 && !proved;
        }
    }
}
