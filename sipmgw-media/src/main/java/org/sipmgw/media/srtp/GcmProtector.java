package org.sipmgw.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.JitsiOpenSslProvider;
import org.sipmgw.media.rtp.Packet;

/**
 * Protects the RTP packets of one SSRC with AES-128-GCM (RFC 7714 section 8) through the native cipher of jitsi-srtp.
 * The library's own context makes some 90 bytes of garbage for each packet, most of it copies of the initialization
 * vector; this one, on the forwarding path, makes none. What is received still goes through the library.
 */
final class GcmProtector {
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / 8;

    private final Cipher cipher = Aes.createCipher("AES/GCM/NoPadding");
    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] iv = new byte[12];
    private final SharedIv parameters = new SharedIv(iv);
    private boolean started;
    private int highest;
    private int rollOver;

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

    GcmProtector(byte[] sessionKey, byte[] sessionSalt) {
        this.key = new SecretKeySpec(sessionKey, "AES");
        this.salt = sessionSalt;
    }

    static GcmProtector ofMaster(byte[] masterKey, byte[] masterSalt) throws GeneralSecurityException {
        SessionKeys keys = new SessionKeys(masterKey, masterSalt);
        return new GcmProtector(
                keys.derive(SessionKeys.RTP_ENCRYPTION, masterKey.length),
                keys.derive(SessionKeys.RTP_SALT, masterSalt.length));
    }

    /** Whether the native cipher is there; other ciphers keep or compare the vector and must have it copied. */
    static boolean isAvailable() {
        return JitsiOpenSslProvider.isLoaded();
    }

    SrtpStatus protect(Packet packet) throws GeneralSecurityException {
        int header = packet.headerLength();
        if (packet.capacity() < packet.length() + TAG_BYTES) {
            return SrtpStatus.REFUSED;
        }
        vector(packet.ssrc(), index(packet.sequence()), packet.sequence());
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        byte[] b = packet.buffer();
        int at = packet.offset();
        cipher.updateAAD(b, at, header);
        int made = cipher.doFinal(b, at + header, packet.length() - header, b, at + header);
        packet.length(header + made);
        return SrtpStatus.OK;
    }

    /** The roll-over counter of a sequence number (RFC 3711 section 3.3.1); late packets may have the one before. */
    private int index(int sequence) {
        if (!started) {
            started = true;
            highest = sequence;
        }
        int delta = (short) (sequence - highest);
        if (delta <= 0) {
            return sequence > highest ? rollOver - 1 : rollOver;
        }
        if (sequence < highest) {
            rollOver++;
        }
        highest = sequence;
        return rollOver;
    }

    private void vector(int ssrc, int roc, int sequence) {
        iv[0] = salt[0];
        iv[1] = salt[1];
        for (int i = 0; i < 4; i++) {
            iv[2 + i] = (byte) (salt[2 + i] ^ (ssrc >>> (24 - 8 * i)));
            iv[6 + i] = (byte) (salt[6 + i] ^ (roc >>> (24 - 8 * i)));
        }
        iv[10] = (byte) (salt[10] ^ (sequence >>> 8));
        iv[11] = (byte) (salt[11] ^ sequence);
    }
}
