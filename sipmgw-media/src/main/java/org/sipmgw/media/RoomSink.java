package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.net.UdpPort.SendStatus;
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
    private volatile @Nullable InetSocketAddress destination;

    RoomSink(UdpPort port) {
        this.sender = port.sender();
    }

    /** Where packets go from now on; nowhere while the room is on hold. */
    void destination(@Nullable InetSocketAddress to) {
        destination = to;
    }

    @Override
    public void packet(byte[] buffer, int offset, int length) {
        InetSocketAddress to = destination;
        if (to == null) {
            return;
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
