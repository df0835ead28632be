package org.sipmgw.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sipmgw.media.rtp.Packet;

/** AES in counter mode with HMAC-SHA1 (RFC 3711 sections 4.1.1 and 4.2.1, RFC 6188). */
final class CounterCipher implements RtpCipher {
    private final Cipher cipher = NativeCiphers.create("AES/CTR/NoPadding");
    private final SecretKeySpec key;
    private final byte[] salt;
    private final HmacSha1 authentication;
    private final int tagLength;
    private final byte[] iv = new byte[16];
    private final SharedIv parameters = new SharedIv(iv);

    /** The native cipher copies the vector at once, so that one array can serve for all packets. */
    private static final class SharedIv extends IvParameterSpec {
        private final byte[] shared;

        SharedIv(byte[] shared) {
            super(shared);
            this.shared = shared;
        }

        @Override
        public byte[] getIV() {
            return shared;
        }
    }

    CounterCipher(byte[] sessionKey, byte[] sessionSalt, byte[] authenticationKey, int tagLength)
            throws GeneralSecurityException {
        this.key = new SecretKeySpec(sessionKey, "AES");
        this.salt = sessionSalt;
        this.authentication = new HmacSha1(authenticationKey);
        this.tagLength = tagLength;
    }

    @Override
    public boolean protect(Packet packet, int rollOver) throws GeneralSecurityException {
        if (packet.capacity() < packet.length() + tagLength) {
            return false;
        }
        crypt(packet, packet.length(), rollOver);
        byte[] tag = authentication.of(packet.buffer(), packet.offset(), packet.length(), rollOver);
        System.arraycopy(tag, 0, packet.buffer(), packet.offset() + packet.length(), tagLength);
        packet.length(packet.length() + tagLength);
        return true;
    }

    @Override
    public boolean open(Packet packet, int rollOver) throws GeneralSecurityException {
        int length = packet.length() - tagLength;
        if (length < packet.headerLength()) {
            return false;
        }
        byte[] tag = authentication.of(packet.buffer(), packet.offset(), length, rollOver);
        int different = 0;
        for (int i = 0; i < tagLength; i++) {
            different |= tag[i] ^ packet.buffer()[packet.offset() + length + i];
        }
        if (different != 0) {
            return false;
        }
        crypt(packet, length, rollOver);
        packet.length(length);
        return true;
    }

    private void crypt(Packet packet, int length, int rollOver) throws GeneralSecurityException {
        System.arraycopy(salt, 0, iv, 0, salt.length);
        int ssrc = packet.ssrc();
        for (int i = 0; i < 4; i++) {
            iv[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
            iv[8 + i] ^= (byte) (rollOver >>> (24 - 8 * i));
        }
        iv[12] ^= (byte) (packet.sequence() >>> 8);
        iv[13] ^= (byte) packet.sequence();
        cipher.init(Cipher.ENCRYPT_MODE, key, NativeCiphers.AVAILABLE ? parameters : new IvParameterSpec(iv));
        int header = packet.headerLength();
        int at = packet.offset() + header;
        cipher.doFinal(packet.buffer(), at, length - header, packet.buffer(), at);
    }
}
