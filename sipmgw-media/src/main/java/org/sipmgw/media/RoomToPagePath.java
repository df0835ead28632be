package org.sipmgw.media;

import java.net.InetSocketAddress;
import org.sipmgw.media.net.DatagramHandler;
import org.sipmgw.media.rtp.Arrival;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketKind;

/**
 * The way of a packet from the room's socket into the page, in order. Each step is one class with a status as its
 * result. Runs on the media thread, from beginning to end for each packet; nothing is queued, locked or allocated.
 */
final class RoomToPagePath implements DatagramHandler {
    private final RoomTrack track;
    private final PageLeg page;
    private final PathCounters ends = new PathCounters();

    RoomToPagePath(RoomTrack track, PageLeg page) {
        this.track = track;
        this.page = page;
    }

    /** From the socket, which has filled a pooled buffer. */
    @Override
    public void datagram(Packet packet, InetSocketAddress source, long nowNs) {
        ends.count(follow(packet, source, nowNs));
    }

    /** From the socket beside, of RTCP without rtcp-mux. */
    void beside(Packet packet, InetSocketAddress source, long nowNs) {
        ends.count(
                switch (PacketKind.of(packet)) {
                    case DTLS -> track.security().handshake(packet, source, true);
                    case STUN -> track.ice().datagram(packet, source, true, nowNs);
                    case RTP, RTCP, OTHER -> follow(packet, source, nowNs);
                });
    }

    PathStatus follow(Packet packet, InetSocketAddress source, long nowNs) {
        // demultiplex
        return switch (PacketKind.of(packet)) {
            case RTP -> media(packet, source, nowNs);
            case RTCP -> track.control().received(packet, source, nowNs);
            case DTLS -> track.security().handshake(packet, source, false);
            case STUN -> track.ice().datagram(packet, source, false, nowNs);
            case OTHER -> PathStatus.UNEXPECTED;
        };
    }

    private PathStatus media(Packet packet, InetSocketAddress source, long nowNs) {
        // unprotect: whoever is let in after this has proved to be the room, where keys were agreed on
        PathStatus opened = track.security().open(packet, nowNs);
        if (opened != PathStatus.FORWARDED) {
            return opened;
        }
        PathStatus admitted = track.admission().admit(packet, source, nowNs);
        if (admitted != PathStatus.FORWARDED) {
            return admitted;
        }
        // arrival, by which the room finds its rate
        track.arrivals().received(packet, nowNs);
        // retransmissions: RFC 4588
        if (!track.recovery().unwrap(packet) || !track.parity().unwrap(packet, track.payloadType())) {
            return PathStatus.MALFORMED;
        }
        // statistics
        Arrival arrival = track.statistics().received(packet, nowNs);
        if (arrival == Arrival.DUPLICATE) {
            return PathStatus.DUPLICATE;
        }
        if (arrival == Arrival.UNPROVEN) {
            return PathStatus.UNPROVEN;
        }
        if (track.admission().isEvent(packet)) {
            track.event(packet, arrival);
            return PathStatus.EVENT;
        }
        // parity makes what is missing before it is asked for again
        if (track.parity().isParity(packet)) {
            track.recovery().arrived(packet, arrival, nowNs);
            track.leftOut(packet, arrival);
            track.parity().parity(packet);
            track.parity().recover(this, nowNs);
            return PathStatus.PARITY;
        }
        track.parity().media(packet, arrival);
        PathStatus end = forward(packet, arrival, nowNs);
        track.parity().recover(this, nowNs);
        return end;
    }

    /** A packet that was lost has been made. */
    void recovered(Packet packet, long nowNs) {
        Arrival arrival = track.statistics().received(packet, nowNs);
        if (arrival == Arrival.LATE) {
            ends.count(forward(packet, arrival, nowNs));
        }
    }

    private PathStatus forward(Packet packet, Arrival arrival, long nowNs) {
        track.recovery().arrived(packet, arrival, nowNs);
        track.dtmf().heard(packet, arrival);
        Arrival standing = track.arrived(packet, arrival, nowNs);
        // forward: SSRC, payload type, sequence, timestamp
        if (!track.forwarder().forward(packet, standing, nowNs)) {
            return PathStatus.TOO_LATE;
        }
        // repair what a browser would refuse; protect and send are the page's
        return track.pictures().handOn(packet, page.output(track.kind()));
    }

    PathCounters ends() {
        return ends;
    }
}
