package org.sipmgw.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate's fingerprint as in {@code a=fingerprint} (RFC 8122 section 5).
 *
 * @param algorithm hash function in lower case, for example {@code sha-256}
 * @param value upper-case hexadecimal octets with colons
 */
public record Fingerprint(String algorithm, String value) {
    private static final Set<String> STRONG = Set.of("sha-256", "sha-384", "sha-512");

    /**
     * Reads {@code algorithm value}.
     *
     * @throws IllegalArgumentException when it is not two words or the hash function is not strong enough
     */
    public static Fingerprint parse(String text) {
        String[] words = text.trim().split("\\s+", -1);
        if (words.length != 2 || !STRONG.contains(words[0].toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("fingerprint '" + text + "'; allowed: " + STRONG);
        }
        return new Fingerprint(words[0].toLowerCase(Locale.ROOT), words[1].toUpperCase(Locale.ROOT));
    }

    /** The fingerprint of a certificate in DER. */
    public static Fingerprint of(String algorithm, byte[] certificate) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT))
                    .digest(certificate);
            return new Fingerprint(
                    algorithm, HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(algorithm, e);
        }
    }

    /** Whether this is the fingerprint of that certificate. */
    public boolean matches(byte[] certificate) {
        return value.equals(of(algorithm, certificate).value);
    }

    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
