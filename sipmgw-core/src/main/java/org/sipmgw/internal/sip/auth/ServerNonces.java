package org.sipmgw.internal.sip.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that carry their time and our seal, so that none is kept until somebody has proved a password with it. Of those
 * the last counts are kept against repetition, a bounded number. Thread-safe.
 */
final class ServerNonces {
    private static final String SEAL = "HmacSHA256";
    private static final long LIFE_MS = 60_000;
    private static final int SALT_BYTES = 8;
    private static final int SEAL_BYTES = 16;
    private static final int MOST_USED = 8192;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final Map<String, Use> used = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
            return size() > MOST_USED;
        }
    };

    /** How often a nonce was used, and by which transaction last. */
    private record Use(long count, String transaction) {}

    ServerNonces() {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, SEAL);
    }

    String make(long nowMs) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] told = ByteBuffer.allocate(Long.BYTES + SALT_BYTES)
                .putLong(nowMs)
                .put(salt)
                .array();
        byte[] nonce = Arrays.copyOf(told, told.length + SEAL_BYTES);
        System.arraycopy(seal(told), 0, nonce, told.length, SEAL_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** Whether it is ours and not too old. */
    boolean fresh(String nonce, long nowMs) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException odd) {
            return false;
        }
        int told = Long.BYTES + SALT_BYTES;
        if (bytes.length != told + SEAL_BYTES) {
            return false;
        }
        byte[] seal = Arrays.copyOf(seal(Arrays.copyOf(bytes, told)), SEAL_BYTES);
        long ageMs = nowMs - ByteBuffer.wrap(bytes).getLong();
        return MessageDigest.isEqual(seal, Arrays.copyOfRange(bytes, told, bytes.length))
                && ageMs >= 0
                && ageMs <= LIFE_MS;
    }

    /** Whether the count is a new one, or the last again because the same request came again. */
    synchronized boolean use(String nonce, long count, String transaction) {
        Use last = used.get(nonce);
        if (last != null && count <= last.count) {
            return count == last.count && transaction.equals(last.transaction);
        }
        used.put(nonce, new Use(count, transaction));
        return true;
    }

    private byte[] seal(byte[] told) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(key);
            return mac.doFinal(told);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + SEAL, e);
        }
    }
}
