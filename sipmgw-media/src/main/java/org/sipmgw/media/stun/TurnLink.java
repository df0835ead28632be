package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.sipmgw.media.net.UdpPort.SendStatus;

/** The way to one server. */
interface TurnLink {

    /** Sends one message or frame; from any thread. */
    SendStatus send(ByteBuffer frame);

    /** Whether frames are padded and nothing is lost. */
    boolean stream();

    /** Where the server is. */
    InetSocketAddress server();

    /** Ends it. Idempotent. */
    void close();
}
