package org.sipmgw.spi;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a call needs to be known when its media are opened.
 *
 * @param local the address of the gateway that the other side reaches
 * @param signallingPeer where the other side's signalling comes from: behind a NAT its media come from there too
 * @param nat of the call's account; empty for the engine's own
 * @param offer what the other side has offered, unread; empty where the gateway offers
 * @param rtcpMux whether RTP and RTCP may share a port
 */
public record MediaRequest(
        InetAddress local,
        Optional<InetAddress> signallingPeer,
        Optional<NatPolicy> nat,
        Optional<String> offer,
        boolean rtcpMux) {

    /** With nothing but an address. */
    public static MediaRequest of(InetAddress local) {
        return new MediaRequest(local, Optional.empty(), Optional.empty(), Optional.empty(), true);
    }
}
