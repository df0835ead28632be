package org.sipmgw.media;

import org.sipmgw.media.rtp.ArrivalLog;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.TransportExtension;
import org.sipmgw.sdp.NegotiatedStream;

/**
 * Tells the room when its packets came, where that was agreed (transport-wide feedback): the room finds its rate by that.
 * Belongs to the media thread.
 */
final class RoomArrivals {
    private static final long INTERVAL_NS = 100_000_000L;

    private final RoomControl control;
    private final ArrivalLog log = new ArrivalLog();
    private int extensionId;
    private long toldNs;

    RoomArrivals(RoomControl control) {
        this.control = control;
    }

    /** What was agreed. */
    void agree(NegotiatedStream agreed) {
        extensionId = agreed.options().transportSequenceId().orElse(0);
    }

    /** Whether the room is told. */
    boolean told() {
        return extensionId != 0;
    }

    /** A packet has come, of whichever stream of the room. */
    void received(Packet packet, long nowNs) {
        if (extensionId != 0) {
            int sequence = TransportExtension.read(packet, extensionId);
            if (sequence >= 0) {
                log.arrived(sequence, nowNs);
            }
        }
    }

    /** Tells what is due. */
    void tick(long nowNs) {
        if (extensionId == 0 || nowNs - toldNs < INTERVAL_NS) {
            return;
        }
        toldNs = nowNs;
        while (log.pending()) {
            control.tellArrivals(log);
        }
    }
}
