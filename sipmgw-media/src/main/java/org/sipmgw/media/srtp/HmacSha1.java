package org.sipmgw.media.srtp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA1 (RFC 2104) over a packet and its roll-over counter. {@link javax.crypto.Mac} makes arrays for each result;
 * the digest below it writes into ours.
 */
final class HmacSha1 {
    static final int KEY_BYTES = 20;
    private static final int BLOCK = 64;

    private final MessageDigest digest = MessageDigest.getInstance("SHA-1");
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];
    private final byte[] counter = new byte[4];
    private final byte[] result = new byte[KEY_BYTES];

    HmacSha1(byte[] key) throws GeneralSecurityException {
        Arrays.fill(inner, (byte) 0x36);
        Arrays.fill(outer, (byte) 0x5C);
        for (int i = 0; i < key.length; i++) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
    }

    /** The code, 20 bytes, in an array that the next call overwrites. */
    byte[] of(byte[] buffer, int offset, int length, int rollOver) throws GeneralSecurityException {
        for (int i = 0; i < 4; i++) {
            counter[i] = (byte) (rollOver >>> (24 - 8 * i));
        }
        digest.update(inner);
        digest.update(buffer, offset, length);
        digest.update(counter);
        digest.digest(result, 0, KEY_BYTES);
        digest.update(outer);
        digest.update(result);
        digest.digest(result, 0, KEY_BYTES);
        return result;
    }
}
