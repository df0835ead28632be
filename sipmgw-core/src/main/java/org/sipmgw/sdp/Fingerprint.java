package org.sipmgw.sdp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A certificate's fingerprint as in {@code a=fingerprint} (RFC 8122 section 5).
 *
 * @param algorithm hash function in lower case, for example {@code sha-256}
 * @param value upper-case hexadecimal octets with colons
 */
public record Fingerprint(String algorithm, String value) {
    private static final Pattern OCTETS = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2})*");
    private static final Set<String> STRONG = Set.of("sha-256", "sha-384", "sha-512");

    /**
     * Reads {@code algorithm value}.
     *
     * @throws IllegalArgumentException when it is not two words, not as long as the hash, or the hash function is not strong enough
     */
    public static Fingerprint parse(String text) {
        String[] words = text.trim().split("\\s+", -1);
        if (words.length != 2 || !STRONG.contains(words[0].toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("fingerprint '" + text + "'; allowed: " + STRONG);
        }
        String value = words[1].toUpperCase(Locale.ROOT);
        String algorithm = words[0].toLowerCase(Locale.ROOT);
        int octets = Integer.parseInt(algorithm.substring(4)) / 8;
        if (value.length() != 3 * octets - 1 || !OCTETS.matcher(value).matches()) {
            throw new IllegalArgumentException("fingerprint '" + text + "' is not of " + octets + " octets");
        }
        return new Fingerprint(algorithm, value);
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
