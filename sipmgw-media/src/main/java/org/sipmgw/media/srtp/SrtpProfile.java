package org.sipmgw.media.srtp;

import java.util.Arrays;
import java.util.List;
import org.jitsi.srtp.SrtpPolicy;
import org.sipmgw.sdp.SrtpSuite;

/**
 * Protection profiles for SRTP. Those with a number can be agreed on by DTLS (RFC 5764 section 4.1.2, RFC 7714 section
 * 14.2), in this order: the shorter key costs less and is as good here.
 */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    AEAD_AES_256_GCM(0x0008, 32, 12, 16),
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10),
    AES128_CM_HMAC_SHA1_32(0x0002, 16, 14, 4),
    /** RFC 6188; not for DTLS. */
    AES256_CM_HMAC_SHA1_80(0, 32, 14, 10);

    private static final int RTCP_TAG_LENGTH = 10;

    private final int id;
    private final int keyLength;
    private final int saltLength;
    private final int rtpTagLength;

    SrtpProfile(int id, int keyLength, int saltLength, int rtpTagLength) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.rtpTagLength = rtpTagLength;
    }

    /** Those that DTLS can agree on, best first. */
    public static List<SrtpProfile> ofDtls() {
        return Arrays.stream(values()).filter(profile -> profile.id != 0).toList();
    }

    /** That of a suite in session descriptions. */
    public static SrtpProfile of(SrtpSuite suite) {
        return switch (suite) {
            case AEAD_AES_256_GCM -> AEAD_AES_256_GCM;
            case AEAD_AES_128_GCM -> AEAD_AES_128_GCM;
            case AES_256_CM_HMAC_SHA1_80 -> AES256_CM_HMAC_SHA1_80;
            case AES_CM_128_HMAC_SHA1_80 -> AES128_CM_HMAC_SHA1_80;
            case AES_CM_128_HMAC_SHA1_32 -> AES128_CM_HMAC_SHA1_32;
        };
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
        return this == AEAD_AES_128_GCM || this == AEAD_AES_256_GCM;
    }

    int rtpTagLength() {
        return rtpTagLength;
    }

    /** Bytes of the tag at the very end of a packet; GCM's stands before the rest. */
    int tagBehind(boolean control) {
        return isGcm() ? 0 : control ? RTCP_TAG_LENGTH : rtpTagLength;
    }

    SrtpPolicy rtpPolicy() {
        return policy(rtpTagLength);
    }

    /** RFC 5764 section 4.1.2: the short tag is for SRTP only. */
    SrtpPolicy rtcpPolicy() {
        return policy(RTCP_TAG_LENGTH);
    }

    private SrtpPolicy policy(int hmacTagLength) {
        return isGcm()
                ? new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, keyLength, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12)
                : new SrtpPolicy(
                        SrtpPolicy.AESCM_ENCRYPTION,
                        keyLength,
                        SrtpPolicy.HMACSHA1_AUTHENTICATION,
                        20,
                        hmacTagLength,
                        14);
    }
}
