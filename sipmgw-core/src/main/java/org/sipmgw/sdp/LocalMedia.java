package org.sipmgw.sdp;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The gateway's own media addresses of one call, reserved before offer or answer.
 *
 * @param address the address to state in {@code c=}
 * @param audioRtpPort even; RTCP on the next port unless rtcp-mux is agreed
 * @param videoRtpPort even; RTCP on the next port unless rtcp-mux is agreed
 * @param certificate fingerprint of our certificate for DTLS on these ports; empty where there is no DTLS
 */
public record LocalMedia(InetAddress address, int audioRtpPort, int videoRtpPort, Optional<Fingerprint> certificate) {

    /** Addresses without DTLS. */
    public LocalMedia(InetAddress address, int audioRtpPort, int videoRtpPort) {
        this(address, audioRtpPort, videoRtpPort, Optional.empty());
    }

    /** The RTP port of the first media line of {@code kind}. */
    public int rtpPort(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> audioRtpPort;
            case VIDEO -> videoRtpPort;
            case OTHER -> 0;
        };
    }
}
