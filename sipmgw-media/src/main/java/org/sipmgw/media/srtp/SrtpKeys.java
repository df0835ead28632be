package org.sipmgw.media.srtp;

import java.util.Arrays;

/**
 * Master keys of one SRTP session, never logged.
 *
 * @param profile how packets are protected
 * @param sendKey master key of what this side sends
 * @param sendSalt its salt
 * @param receiveKey master key of what the other side sends
 * @param receiveSalt its salt
 */
@SuppressWarnings("ArrayRecordComponent")
public record SrtpKeys(SrtpProfile profile, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {

    /**
     * Splits what the DTLS exporter gave (RFC 5764 section 4.2: client key, server key, client salt, server salt).
     *
     * @param client whether this side was the DTLS client
     */
    public static SrtpKeys ofExport(SrtpProfile profile, byte[] exported, boolean client) {
        int key = profile.keyLength();
        int salt = profile.saltLength();
        byte[] clientKey = Arrays.copyOfRange(exported, 0, key);
        byte[] serverKey = Arrays.copyOfRange(exported, key, 2 * key);
        byte[] clientSalt = Arrays.copyOfRange(exported, 2 * key, 2 * key + salt);
        byte[] serverSalt = Arrays.copyOfRange(exported, 2 * key + salt, 2 * (key + salt));
        return client
                ? new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt)
                : new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt);
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
