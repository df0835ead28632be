package org.sipmgw.media.srtp;

import org.jitsi.srtp.SrtpPolicy;

/** Protection profiles for SRTP, by their numbers in DTLS-SRTP (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12),
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14),
    AES128_CM_HMAC_SHA1_32(0x0002, 16, 14);

    private final int id;
    private final int keyLength;
    private final int saltLength;

    SrtpProfile(int id, int keyLength, int saltLength) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
    }

    /** The number in the use_srtp extension. */
    public int id() {
        return id;
    }

    /** Bytes of the master key. */
    public int keyLength() {
        return keyLength;
    }

    /** Bytes of the master salt. */
    public int saltLength() {
        return saltLength;
    }

    boolean isGcm() {
        return this == AEAD_AES_128_GCM;
    }

    SrtpPolicy rtpPolicy() {
        return policy(this == AES128_CM_HMAC_SHA1_32 ? 4 : 10);
    }

    /** RFC 5764 section 4.1.2: the short tag is for SRTP only. */
    SrtpPolicy rtcpPolicy() {
        return policy(10);
    }

    private SrtpPolicy policy(int hmacTagLength) {
        SrtpPolicy policy = isGcm()
                ? new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12)
                : new SrtpPolicy(
                        SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, hmacTagLength, 14);
        // the forwarder sends late packets late: the library's check of its own caller would refuse them
        policy.setSendReplayEnabled(false);
        return policy;
    }
}
