package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.sdp.NegotiatedStream;

/** Opens a NAT for the room's packets where the gateway has nothing to send: an RTP packet of no payload (RFC 6263). */
final class NatOpener {
    private static final long INTERVAL_NS = 15_000_000_000L;

    private final UdpPort port;
    private final PacketPool pool;
    private final Outgoing outgoing;
    private long lastNs = Long.MIN_VALUE / 2;

    NatOpener(UdpPort port, PacketPool pool, Outgoing outgoing) {
        this.port = port;
        this.pool = pool;
        this.outgoing = outgoing;
    }

    /** Whether it is time again; then the next time is set. */
    boolean due(long nowNs) {
        if (nowNs - lastNs < INTERVAL_NS) {
            return false;
        }
        lastNs = nowNs;
        return true;
    }

    /** At once. */
    void open(NegotiatedStream agreed, InetSocketAddress to, long nowNs) {
        Packet packet = pool.acquire(Packet.FIXED_HEADER);
        Arrays.fill(packet.buffer(), 0, Packet.FIXED_HEADER, (byte) 0);
        packet.buffer()[0] = (byte) 0x80;
        packet.payloadType(agreed.codec().payloadType() == 127 ? 126 : 127);
        // in line with the stream: a receiver that counts it in must see no jump
        packet.sequence(outgoing.lastSequence());
        packet.timestamp(outgoing.timestampAt(nowNs));
        packet.ssrc(outgoing.ssrc());
        port.send(packet, to);
        pool.release(packet);
    }
}
