package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.sipmgw.media.net.StreamPort;
import org.sipmgw.media.net.UdpPort.SendStatus;

/** A TCP or TLS connection. */
record StreamTurnLink(StreamPort connection, InetSocketAddress server) implements TurnLink {

    @Override
    public SendStatus send(ByteBuffer frame) {
        return connection.send(frame);
    }

    @Override
    public boolean stream() {
        return true;
    }

    @Override
    public void close() {
        connection.close();
    }
}
