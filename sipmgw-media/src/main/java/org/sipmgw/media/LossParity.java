package org.sipmgw.media;

import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Arrival;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.Red;
import org.sipmgw.media.rtp.Ulpfec;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.ParityFormats;

/** Packets of the room that parity makes again before they are asked for (RFC 5109 in RFC 2198). Belongs to the media thread. */
final class LossParity {
    private static final int NONE = -1;

    private final PacketPool pool;
    private @Nullable Ulpfec parity;
    private int redType = NONE;
    private int parityType = NONE;

    LossParity(PacketPool pool) {
        this.pool = pool;
    }

    /** What was agreed. */
    void agree(NegotiatedStream agreed) {
        redType = agreed.options().parity().map(ParityFormats::redPayloadType).orElse(NONE);
        parityType =
                agreed.options().parity().map(ParityFormats::parityPayloadType).orElse(NONE);
        if (redType == NONE) {
            parity = null;
        } else if (parity == null) {
            parity = new Ulpfec();
        }
    }

    /** Takes out what stands around the packet; false where that is not what was agreed. */
    boolean unwrap(Packet packet, int codecType) {
        if (packet.payloadType() != redType) {
            return true;
        }
        int type = Red.unwrap(packet);
        return type == codecType || type == parityType;
    }

    /** Whether the packet is parity. */
    boolean isParity(Packet packet) {
        return parity != null && packet.payloadType() == parityType;
    }

    /** Takes parity. */
    void parity(Packet packet) {
        if (parity != null) {
            parity.parity(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        }
    }

    /** Takes a packet of the picture, before it is rewritten. */
    void media(Packet packet, Arrival arrival) {
        if (parity != null && arrival != Arrival.DUPLICATE) {
            parity.media(packet);
        }
    }

    /** Hands on what can be made now. */
    void recover(RoomToPagePath path, long nowNs) {
        Ulpfec by = parity;
        if (by == null) {
            return;
        }
        Packet made = pool.acquire(0);
        while (by.recover(made)) {
            path.recovered(made, nowNs);
        }
        pool.release(made);
    }

    /** How many were made. */
    long recovered() {
        return parity == null ? 0 : parity.recovered();
    }
}
