package org.sipmgw.media.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;

/** A server that stands between a {@link UdpPort} and those it talks to. */
public interface Relay {

    /** Whether datagrams from this address are the server's. On the loop's thread. */
    boolean isServer(InetSocketAddress source);

    /**
     * Takes a datagram of the server, on the loop's thread.
     *
     * @param packet where it carries one of somebody behind the server, it is made the view of that one
     * @return who sent it, always a {@link RelayedAddress}; null when it was for the relay itself
     */
    @Nullable
    InetSocketAddress received(Packet packet, long nowNs);

    /**
     * Sends through the server; from any thread.
     *
     * @param scratch the caller's own, to put together in what is sent
     */
    SendStatus send(ByteBuffer scratch, byte[] buffer, int offset, int length, InetSocketAddress to);
}
