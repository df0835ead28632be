package org.sipmgw.sdp;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where the other side is told to send one kind of media: other addresses than the sockets' own, behind a NAT.
 *
 * @param rtp for {@code m=} and {@code c=}
 * @param rtcp for {@code a=rtcp} (RFC 3605), where RTP and RTCP do not share a port
 */
public record StatedAddresses(InetSocketAddress rtp, InetSocketAddress rtcp) {

    public StatedAddresses {
        if (rtp.isUnresolved() || rtcp.isUnresolved()) {
            throw new IllegalArgumentException("addresses must be literals: " + rtp + " " + rtcp);
        }
    }

    /** What must be said of RTCP; nothing where it is on the next port (RFC 3550 section 11). */
    Optional<Attribute> rtcpAttribute() {
        boolean next = rtcp.getAddress().equals(rtp.getAddress()) && rtcp.getPort() == rtp.getPort() + 1;
        return next
                ? Optional.empty()
                : Optional.of(Attribute.of("rtcp", rtcp.getPort() + " " + ConnectionData.of(rtcp.getAddress())));
    }
}
