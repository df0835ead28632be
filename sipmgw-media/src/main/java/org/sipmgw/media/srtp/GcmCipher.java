package org.sipmgw.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sipmgw.media.rtp.Packet;

/** AES-128 and AES-256 in Galois/counter mode (RFC 7714 section 8). */
final class GcmCipher implements RtpCipher {
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / 8;

    private final Cipher cipher = NativeCiphers.create("AES/GCM/NoPadding");
    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] iv = new byte[12];
    private final SharedIv parameters = new SharedIv(iv);

    /** The native cipher copies the vector at once, so that one array can serve for all packets. */
    private static final class SharedIv extends GCMParameterSpec {
        private final byte[] shared;

        SharedIv(byte[] shared) {
            super(TAG_BITS, shared);
            this.shared = shared;
        }

        @Override
        public byte[] getIV() {
            return shared;
        }
    }

    GcmCipher(byte[] sessionKey, byte[] sessionSalt) {
        this.key = new SecretKeySpec(sessionKey, "AES");
        this.salt = sessionSalt;
    }

    @Override
    public boolean protect(Packet packet, int rollOver) throws GeneralSecurityException {
        if (packet.capacity() < packet.length() + TAG_BYTES) {
            return false;
        }
        int header = start(Cipher.ENCRYPT_MODE, packet, rollOver);
        int at = packet.offset() + header;
        int made = cipher.doFinal(packet.buffer(), at, packet.length() - header, packet.buffer(), at);
        packet.length(header + made);
        return true;
    }

    @Override
    public boolean open(Packet packet, int rollOver) throws GeneralSecurityException {
        if (packet.length() < packet.headerLength() + TAG_BYTES) {
            return false;
        }
        int header = start(Cipher.DECRYPT_MODE, packet, rollOver);
        int at = packet.offset() + header;
        try {
            int made = cipher.doFinal(packet.buffer(), at, packet.length() - header, packet.buffer(), at);
            packet.length(header + made);
            return true;
        } catch (AEADBadTagException e) {
            // the one way in which the interface says so
            return false;
        }
    }

    private int start(int mode, Packet packet, int rollOver) throws GeneralSecurityException {
        vector(packet.ssrc(), rollOver, packet.sequence());
        int header = packet.headerLength();
        cipher.init(mode, key, NativeCiphers.AVAILABLE ? parameters : new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(packet.buffer(), packet.offset(), header);
        return header;
    }

    private void vector(int ssrc, int rollOver, int sequence) {
        iv[0] = salt[0];
        iv[1] = salt[1];
        for (int i = 0; i < 4; i++) {
            iv[2 + i] = (byte) (salt[2 + i] ^ (ssrc >>> (24 - 8 * i)));
            iv[6 + i] = (byte) (salt[6 + i] ^ (rollOver >>> (24 - 8 * i)));
        }
        iv[10] = (byte) (salt[10] ^ (sequence >>> 8));
        iv[11] = (byte) (salt[11] ^ sequence);
    }
}
