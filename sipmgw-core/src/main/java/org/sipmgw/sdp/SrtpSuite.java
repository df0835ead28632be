package org.sipmgw.sdp;

import java.util.Locale;
import java.util.Optional;

/**
 * SRTP crypto suites of security descriptions, strongest first: RFC 7714 section 14.2, RFC 6188 section 4, RFC 4568
 * section 6.2.
 */
public enum SrtpSuite {
    AEAD_AES_256_GCM(32, 12),
    AEAD_AES_128_GCM(16, 12),
    AES_256_CM_HMAC_SHA1_80(32, 14),
    AES_CM_128_HMAC_SHA1_80(16, 14),
    AES_CM_128_HMAC_SHA1_32(16, 14);

    private final int keyLength;
    private final int saltLength;

    SrtpSuite(int keyLength, int saltLength) {
        this.keyLength = keyLength;
        this.saltLength = saltLength;
    }

    /** Bytes of the master key. */
    public int keyLength() {
        return keyLength;
    }

    /** Bytes of the master salt. */
    public int saltLength() {
        return saltLength;
    }

    /** The suite of this name; {@code AES_CM_256_HMAC_SHA1_80} is what some devices call the one of RFC 6188. */
    static Optional<SrtpSuite> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("AES_CM_256_HMAC_SHA1_80")) {
            return Optional.of(AES_256_CM_HMAC_SHA1_80);
        }
        for (SrtpSuite suite : values()) {
            if (suite.name().equals(upper)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }
}
