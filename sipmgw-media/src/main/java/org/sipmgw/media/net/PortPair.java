package org.sipmgw.media.net;

import java.io.IOException;

/** The two sockets of one kind of media. */
public record PortPair(UdpPort rtp, UdpPort rtcp) implements AutoCloseable {
    static final DatagramHandler NOBODY = (packet, source, nowNs) -> {};

    /** From now on datagrams go to these; before, they are dropped. */
    public void handlers(DatagramHandler ofRtp, DatagramHandler ofRtcp) {
        rtp.handler = ofRtp;
        rtcp.handler = ofRtcp;
    }

    /** Gives what both send from now on a traffic class. */
    public void trafficClass(int value) throws IOException {
        rtp.trafficClass(value);
        rtcp.trafficClass(value);
    }

    /** Frees both. */
    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
