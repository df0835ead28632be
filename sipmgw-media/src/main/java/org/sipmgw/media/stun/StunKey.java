package org.sipmgw.media.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key for MESSAGE-INTEGRITY (RFC 8489 section 9). Its text shows nothing. */
final class StunKey {
    private final SecretKeySpec key;

    private StunKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, "HmacSHA1");
    }

    /** Of short-term credentials, as ICE has them. */
    static StunKey shortTerm(String password) {
        return new StunKey(password.getBytes(StandardCharsets.UTF_8));
    }

    /** Of long-term credentials, for one realm. */
    static StunKey longTerm(String user, String realm, String password) {
        try {
            String joined = user + ":" + realm + ":" + Normalizer.normalize(password, Normalizer.Form.NFC);
            return new StunKey(MessageDigest.getInstance("MD5").digest(joined.getBytes(StandardCharsets.UTF_8)));
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
        return "StunKey";
    }
}
