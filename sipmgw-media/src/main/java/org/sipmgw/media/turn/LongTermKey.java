package org.sipmgw.media.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of long-term credentials (RFC 8489 section 9.2.2), for one realm. Its text shows nothing. */
final class LongTermKey {
    private final SecretKeySpec key;

    LongTermKey(String user, String realm, String password) {
        try {
            String joined = user + ":" + realm + ":" + Normalizer.normalize(password, Normalizer.Form.NFC);
            byte[] digest = MessageDigest.getInstance("MD5").digest(joined.getBytes(StandardCharsets.UTF_8));
            key = new SecretKeySpec(digest, "HmacSHA1");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** The MESSAGE-INTEGRITY of the first {@code length} bytes, whose header already counts it. */
    byte[] integrity(byte[] message, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            mac.update(message, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    @Override
    public String toString() {
        return "LongTermKey";
    }
}
