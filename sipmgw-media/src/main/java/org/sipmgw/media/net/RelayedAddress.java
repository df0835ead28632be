package org.sipmgw.media.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An address that is reached through the relay of a {@link UdpPort}: datagrams that came through it have such a source,
 * and those sent to such a one go through it.
 */
public class RelayedAddress extends InetSocketAddress {
    private static final long serialVersionUID = 1L;

    /** The address as the relay sees it. */
    public RelayedAddress(InetAddress address, int port) {
        super(address, port);
    }
}
