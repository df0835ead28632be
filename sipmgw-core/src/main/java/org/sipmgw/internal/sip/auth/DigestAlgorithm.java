package org.sipmgw.internal.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Hashes that a challenge may ask for, the weakest first. */
public enum DigestAlgorithm {
    /** RFC 2617; what a challenge without a name means. */
    MD5("MD5", "MD5", false),
    /** RFC 2617, hash over the session's nonces. */
    MD5_SESSION("MD5-sess", "MD5", true),
    /** RFC 7616. */
    SHA_256("SHA-256", "SHA-256", false),
    /** RFC 7616, hash over the session's nonces. */
    SHA_256_SESSION("SHA-256-sess", "SHA-256", true),
    /** RFC 7616. */
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    /** RFC 7616, hash over the session's nonces. */
    SHA_512_256_SESSION("SHA-512-256-sess", "SHA-512/256", true);

    private final String token;
    private final String hash;
    private final boolean session;

    DigestAlgorithm(String token, String hash, boolean session) {
        this.token = token;
        this.hash = hash;
        this.session = session;
    }

    static Optional<DigestAlgorithm> of(String token) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.token.equalsIgnoreCase(token))
                .findFirst();
    }

    /** As headers write it. */
    String token() {
        return token;
    }

    boolean session() {
        return session;
    }

    /** Lower case hexadecimal digits of the hash. */
    String hex(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + hash, e);
        }
    }

    String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
