package org.sipmgw.media.srtp;

import java.security.GeneralSecurityException;
import org.sipmgw.media.rtp.Packet;

/**
 * Encrypts and authenticates the RTP packets of one direction under one master key, in place. It serves all SSRCs: what
 * tells packets apart comes with each of them. The ciphers are those of jitsi-srtp, without its packet contexts, which
 * make 60 to 100 bytes of garbage for each packet. Belongs to one thread.
 */
interface RtpCipher {

    /**
     * Protects a packet; false where there is no room behind it.
     *
     * @param rollOver the roll-over counter of its sequence number
     */
    boolean protect(Packet packet, int rollOver) throws GeneralSecurityException;

    /** Opens a packet; when it is false, the packet is forged and its payload undefined. */
    boolean open(Packet packet, int rollOver) throws GeneralSecurityException;

    /** The cipher of a profile. */
    static RtpCipher of(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) throws GeneralSecurityException {
        SessionKeys keys = new SessionKeys(masterKey, masterSalt);
        byte[] key = keys.derive(SessionKeys.RTP_ENCRYPTION, profile.keyLength());
        byte[] salt = keys.derive(SessionKeys.RTP_SALT, profile.saltLength());
        return profile.isGcm()
                ? new GcmCipher(key, salt)
                : new CounterCipher(
                        key,
                        salt,
                        keys.derive(SessionKeys.RTP_AUTHENTICATION, HmacSha1.KEY_BYTES),
                        profile.rtpTagLength());
    }
}
