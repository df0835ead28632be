package org.sipmgw.media.net;

import java.io.IOException;

/** The two sockets of one kind of media; the same one twice where RTP and RTCP share a port. */
public record PortPair(UdpPort rtp, UdpPort rtcp) implements AutoCloseable {
    static final DatagramHandler NOBODY = (packet, source, nowNs) -> {};

    /** RTP and RTCP on this port. */
    public static PortPair onOne(UdpPort port) {
        return new PortPair(port, port);
    }

    /** The same, with ports of the other IP version beside. */
    public PortPair withOther(PortPair ofOtherVersion) {
        rtp.withOther(ofOtherVersion.rtp);
        if (!isOne()) {
            rtcp.withOther(ofOtherVersion.rtcp);
        }
        return this;
    }

    /** Whether RTCP has no port of its own. */
    public boolean isOne() {
        return rtp == rtcp;
    }

    /** From now on datagrams go to these; before, they are dropped. */
    public void handlers(DatagramHandler ofRtp, DatagramHandler ofRtcp) {
        rtcp.handler(ofRtcp);
        rtp.handler(ofRtp);
    }

    /** Gives what both send from now on a traffic class. */
    public void trafficClass(int value) throws IOException {
        rtp.trafficClass(value);
        if (!isOne()) {
            rtcp.trafficClass(value);
        }
    }

    /** Frees both. */
    @Override
    public void close() {
        rtp.close();
        if (!isOne()) {
            rtcp.close();
        }
    }
}
