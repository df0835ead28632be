package org.sipmgw.media.net;

/** The two sockets of one kind of media. */
public record PortPair(UdpPort rtp, UdpPort rtcp) implements AutoCloseable {
    static final DatagramHandler NOBODY = (packet, source, nowNs) -> {};

    /** From now on datagrams of both go to {@code handler}; before, they are dropped. */
    public void handler(DatagramHandler handler) {
        rtp.handler = handler;
        rtcp.handler = handler;
    }

    /** Frees both. */
    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
