package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.sdp.NegotiatedStream;

/** Opens a NAT for the room's packets where the gateway has nothing to send (RFC 6263). */
final class NatOpener {
    private static final long INTERVAL_NS = 15_000_000_000L;

    private static final int STUN_BYTES = 20;
    private static final int STUN_BINDING_INDICATION = 0x0011;
    private static final int STUN_COOKIE = 0x2112A442;

    private final SecureRandom random = new SecureRandom();
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
    void open(NegotiatedStream agreed, InetSocketAddress to, boolean encrypted, long nowNs) {
        Packet packet = pool.acquire(encrypted ? STUN_BYTES : Packet.FIXED_HEADER);
        if (encrypted) {
            indication(packet.buffer());
        } else {
            empty(packet, agreed, nowNs);
        }
        port.send(packet, to);
        pool.release(packet);
    }

    /** RTP without payload, of a type that was not agreed (section 4.6). */
    private void empty(Packet packet, NegotiatedStream agreed, long nowNs) {
        Arrays.fill(packet.buffer(), 0, Packet.FIXED_HEADER, (byte) 0);
        packet.buffer()[0] = (byte) 0x80;
        packet.payloadType(agreed.codec().payloadType() == 127 ? 126 : 127);
        // in line with the stream: a receiver that counts it in must see no jump
        packet.sequence(outgoing.lastSequence());
        packet.timestamp(outgoing.timestampAt(nowNs));
        packet.ssrc(outgoing.ssrc());
    }

    /** A STUN indication (section 4.3): SRTP may use a number once, and this thread has none of its own. */
    private void indication(byte[] b) {
        Bytes.int16(b, 0, STUN_BINDING_INDICATION);
        Bytes.int16(b, 2, 0);
        Bytes.int32(b, 4, STUN_COOKIE);
        for (int at = 8; at < STUN_BYTES; at += 4) {
            Bytes.int32(b, at, random.nextInt());
        }
    }
}
