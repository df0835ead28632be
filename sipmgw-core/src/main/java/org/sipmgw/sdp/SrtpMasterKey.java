package org.sipmgw.sdp;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Master key and salt of one direction (RFC 4568 section 6.1). Immutable; its text hides them. */
public final class SrtpMasterKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SrtpSuite suite;
    private final byte[] keyAndSalt;

    private SrtpMasterKey(SrtpSuite suite, byte[] keyAndSalt) {
        this.suite = suite;
        this.keyAndSalt = keyAndSalt;
    }

    /** A new random key. */
    public static SrtpMasterKey random(SrtpSuite suite) {
        byte[] bytes = new byte[suite.keyLength() + suite.saltLength()];
        RANDOM.nextBytes(bytes);
        return new SrtpMasterKey(suite, bytes);
    }

    /** Reads key and salt in base64; empty where they are not exactly as long as the suite's. */
    static Optional<SrtpMasterKey> parse(SrtpSuite suite, String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length == suite.keyLength() + suite.saltLength()
                    ? Optional.of(new SrtpMasterKey(suite, bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(keyAndSalt);
    }

    /** The master key; a copy. */
    public byte[] key() {
        return Arrays.copyOf(keyAndSalt, suite.keyLength());
    }

    /** The master salt; a copy. */
    public byte[] salt() {
        return Arrays.copyOfRange(keyAndSalt, suite.keyLength(), keyAndSalt.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpMasterKey key && suite == key.suite && Arrays.equals(keyAndSalt, key.keyAndSalt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyAndSalt);
    }

    @Override
    public String toString() {
        return "***";
    }
}
