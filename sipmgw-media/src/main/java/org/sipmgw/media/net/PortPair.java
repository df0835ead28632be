package org.sipmgw.media.net;

/** The two sockets of one kind of media. */
public record PortPair(UdpPort rtp, UdpPort rtcp) implements AutoCloseable {
    static final DatagramHandler NOBODY = (packet, source, nowNs) -> {};

    /** From now on datagrams go to these; before, they are dropped. */
    public void handlers(DatagramHandler ofRtp, DatagramHandler ofRtcp) {
        rtp.handler = ofRtp;
        rtcp.handler = ofRtcp;
    }

    /** Frees both. */
    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
