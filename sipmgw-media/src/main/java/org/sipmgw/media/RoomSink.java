package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketHistory;
import org.sipmgw.media.rtp.PacketSink;

/**
 * The way of a captured packet to the room: counted, sent. Runs on the capture's thread of its stream, one at a time;
 * where it goes is told by the media thread.
 */
final class RoomSink implements PacketSink {
    private static final int FIXED_HEADER = 12;

    private final UdpPort.Sender sender;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final UdpPort port;
    private volatile @Nullable PacketHistory history;
    private volatile @Nullable InetSocketAddress destination;

    RoomSink(UdpPort port) {
        this.port = port;
        this.sender = port.sender();
    }

    /** Where packets go from now on; nowhere while the room is on hold. */
    void destination(@Nullable InetSocketAddress to) {
        destination = to;
    }

    /** Keeps copies of what is sent from now on, or none. */
    void keep(@Nullable PacketHistory newHistory) {
        history = newHistory;
    }

    @Override
    public void packet(byte[] buffer, int offset, int length) {
        InetSocketAddress to = destination;
        if (to == null) {
            return;
        }
        PacketHistory kept = history;
        if (kept != null) {
            kept.store(buffer, offset, length);
        }
        // protect: MediaSecurity.Plain has nothing to do; SRTP takes its place here
        if (sender.send(buffer, offset, length, to) == SendStatus.SENT) {
            // one writer at a time: a plain store, made visible to readers of other threads
            packets.setRelease(packets.getPlain() + 1);
            octets.setRelease(octets.getPlain() + length - FIXED_HEADER);
        } else {
            dropped.setRelease(dropped.getPlain() + 1);
        }
    }

    /** Sends a packet of the history again, or a retransmission of it. On the media thread. */
    void resend(Packet packet) {
        InetSocketAddress to = destination;
        if (to != null) {
            // protect: as above, with the media thread's own contexts
            port.send(packet, to);
        }
    }

    long packets() {
        return packets.getAcquire();
    }

    long octets() {
        return octets.getAcquire();
    }

    /** Packets that the socket did not take. */
    long dropped() {
        return dropped.getAcquire();
    }
}
