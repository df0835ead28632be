package org.sipmgw.media.net;

import java.net.InetSocketAddress;
import org.sipmgw.media.rtp.Packet;

/** Takes the datagrams of one socket, on the loop's thread. */
@FunctionalInterface
public interface DatagramHandler {

    /**
     * Takes one datagram.
     *
     * @param packet the loop's again when this returns; may be changed meanwhile
     * @param source who sent it
     * @param nowNs when it was read, {@link System#nanoTime()}
     */
    void datagram(Packet packet, InetSocketAddress source, long nowNs);
}
