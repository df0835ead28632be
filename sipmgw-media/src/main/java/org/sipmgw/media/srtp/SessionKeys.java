package org.sipmgw.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys from a master key (RFC 3711 section 4.3, with key derivation rate 0; RFC 7714 section 11). */
final class SessionKeys {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;

    private final byte[] masterKey;
    private final byte[] masterSalt;

    SessionKeys(byte[] masterKey, byte[] masterSalt) {
        this.masterKey = masterKey;
        this.masterSalt = masterSalt;
    }

    /** The first {@code length} bytes of the key stream for {@code label}. */
    byte[] derive(int label, int length) throws GeneralSecurityException {
        byte[] iv = new byte[16];
        // a salt of 12 bytes stands in front, as one of 14 does
        System.arraycopy(masterSalt, 0, iv, 0, masterSalt.length);
        iv[7] ^= (byte) label;
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(new byte[length]);
    }
}
