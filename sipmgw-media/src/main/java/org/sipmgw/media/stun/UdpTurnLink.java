package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.net.UdpPort.SendStatus;

/** The media socket itself, which the server tells from its peers by their addresses. */
record UdpTurnLink(UdpPort port, InetSocketAddress server) implements TurnLink {

    @Override
    public SendStatus send(ByteBuffer frame) {
        return port.sendDirect(frame, server);
    }

    @Override
    public boolean stream() {
        return false;
    }

    @Override
    public void close() {
        // the socket is its owner's
    }
}
