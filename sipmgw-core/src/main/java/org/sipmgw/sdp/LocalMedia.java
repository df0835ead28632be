package org.sipmgw.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's own media addresses of one call, reserved before offer or answer.
 *
 * @param address the gateway's own address, of the sockets
 * @param audioRtpPort even; RTCP on the next port unless rtcp-mux is agreed
 * @param videoRtpPort even; RTCP on the next port unless rtcp-mux is agreed
 * @param certificate fingerprint of our certificate for DTLS on these ports; empty where there is no DTLS
 * @param stated what is told instead of the above, behind a NAT; kinds that are not in it are told as they are
 * @param candidates our candidates for ICE; kinds that are not in it do without
 * @param offersIce whether our own offers have ICE; offers of the other side that have it are answered so anyway
 */
public record LocalMedia(
        InetAddress address,
        int audioRtpPort,
        int videoRtpPort,
        Optional<Fingerprint> certificate,
        Map<MediaKind, StatedAddresses> stated,
        Map<MediaKind, List<IceCandidate>> candidates,
        boolean offersIce) {

    public LocalMedia {
        stated = Map.copyOf(stated);
        candidates = Map.copyOf(candidates);
    }

    /** Addresses without DTLS. */
    public LocalMedia(InetAddress address, int audioRtpPort, int videoRtpPort) {
        this(address, audioRtpPort, videoRtpPort, Optional.empty());
    }

    /** Addresses that are told as they are. */
    public LocalMedia(InetAddress address, int audioRtpPort, int videoRtpPort, Optional<Fingerprint> certificate) {
        this(address, audioRtpPort, videoRtpPort, certificate, Map.of(), Map.of(), false);
    }

    /** The same, telling these addresses. */
    public LocalMedia stating(Map<MediaKind, StatedAddresses> others) {
        return new LocalMedia(address, audioRtpPort, videoRtpPort, certificate, others, candidates, offersIce);
    }

    /** The same with these candidates. */
    public LocalMedia withCandidates(Map<MediaKind, List<IceCandidate>> ours, boolean offered) {
        return new LocalMedia(address, audioRtpPort, videoRtpPort, certificate, stated, ours, offered);
    }

    List<IceCandidate> candidates(MediaKind kind) {
        return candidates.getOrDefault(kind, List.of());
    }

    /** The bound RTP port of the first media line of {@code kind}. */
    public int rtpPort(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> audioRtpPort;
            case VIDEO -> videoRtpPort;
            case OTHER -> 0;
        };
    }

    /** Where the other side is told to send media of {@code kind}. */
    public InetSocketAddress statedRtp(MediaKind kind) {
        StatedAddresses other = stated.get(kind);
        return other == null || rtpPort(kind) == 0 ? new InetSocketAddress(address, rtpPort(kind)) : other.rtp();
    }

    /** The address for the whole description. */
    public InetAddress statedAddress() {
        return statedRtp(MediaKind.AUDIO).getAddress();
    }

    Optional<Attribute> rtcpAttribute(MediaKind kind) {
        return Optional.ofNullable(stated.get(kind)).flatMap(StatedAddresses::rtcpAttribute);
    }
}
