package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.KeyPackets;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketHistory;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.media.rtp.SentPackets;
import org.sipmgw.media.rtp.TransportExtension;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;

/**
 * The way of a captured packet to the room: protected, counted, sent. Runs on the capture's thread of its stream, one at a time;
 * where it goes is told by the media thread.
 */
final class RoomSink implements PacketSink {
    private static final int FIXED_HEADER = 12;

    private final UdpPort.Sender sender;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final UdpPort port;
    private final KeyPackets dtmf = new KeyPackets();
    private final Packet scratch = new Packet(new byte[PacketPool.ORDINARY]);
    private volatile Protection protection = Protection.NONE;
    private volatile @Nullable Numbering numbering;
    private volatile @Nullable PacketHistory history;
    private volatile boolean keptAsSent;
    private volatile @Nullable InetSocketAddress destination;

    /**
     * How packets are protected.
     *
     * @param required whether nothing may be sent without
     * @param capture keys of the capture's thread; null while they are awaited
     * @param resending the same keys for the media thread, where they protect other streams
     */
    private record Protection(
            boolean required,
            @Nullable SrtpSession capture,
            @Nullable SrtpSession resending) {
        static final Protection NONE = new Protection(false, null, null);
    }

    /** Which header extension carries the transport-wide number of each packet. */
    private record Numbering(int extensionId, SentPackets sent) {}

    RoomSink(UdpPort port) {
        this.port = port;
        this.sender = port.sender();
    }

    /** Where packets go from now on; nowhere while the room is on hold. */
    void destination(@Nullable InetSocketAddress to) {
        destination = to;
    }

    /** Keys that are sent in the place of sound. */
    KeyPackets dtmf() {
        return dtmf;
    }

    /**
     * Keeps copies of what is sent from now on, or none.
     *
     * @param asSent whether they will be sent again as they are, protected; else before protection
     */
    void keep(@Nullable PacketHistory newHistory, boolean asSent) {
        keptAsSent = asSent;
        history = newHistory;
    }

    /** Packets carry a transport-wide number in that header extension from now on; 0 for none. */
    void number(int extensionId, SentPackets sent) {
        numbering = extensionId == 0 ? null : new Numbering(extensionId, sent);
    }

    /** Packets are protected with these keys from now on; nothing is sent while keys are required and missing. */
    void protect(boolean required, @Nullable SrtpSession capture, @Nullable SrtpSession resending) {
        protection = required ? new Protection(true, capture, resending) : Protection.NONE;
    }

    @Override
    public void packet(byte[] buffer, int offset, int made) {
        InetSocketAddress to = destination;
        Protection how = protection;
        if (to == null || (how.required() && how.capture() == null)) {
            return;
        }
        int length = dtmf.replace(buffer, offset, made);
        PacketHistory kept = history;
        boolean asSent = how.required() && keptAsSent;
        if (kept != null && !asSent) {
            kept.store(buffer, offset, length);
        }
        SrtpSession keys = how.capture();
        Numbering numbered = numbering;
        boolean sent;
        if (keys == null && numbered == null) {
            sent = sender.send(buffer, offset, length, to) == SendStatus.SENT;
        } else {
            sent = prepare(buffer, offset, length, numbered, keys);
            if (sent && kept != null && asSent) {
                kept.store(scratch.buffer(), scratch.offset(), scratch.length());
            }
            sent = sent && sender.send(scratch.buffer(), scratch.offset(), scratch.length(), to) == SendStatus.SENT;
        }
        if (sent) {
            // one writer at a time: a plain store, made visible to readers of other threads
            packets.setRelease(packets.getPlain() + 1);
            octets.setRelease(octets.getPlain() + length - FIXED_HEADER);
        } else {
            dropped.setRelease(dropped.getPlain() + 1);
        }
    }

    /** Numbers and protects in a buffer of our own, for the capture's has no room behind the packet. */
    private boolean prepare(
            byte[] buffer, int offset, int length, @Nullable Numbering numbered, @Nullable SrtpSession keys) {
        if (length > PacketPool.ORDINARY - SrtpSession.MAX_OVERHEAD - TransportExtension.BYTES) {
            return false;
        }
        if (numbered != null && TransportExtension.fits(buffer, offset)) {
            number(buffer, offset, length, numbered, scratch);
        } else {
            System.arraycopy(buffer, offset, scratch.buffer(), 0, length);
            scratch.view(0, length);
        }
        return keys == null || keys.protectRtp(scratch) == SrtpStatus.OK;
    }

    private static void number(byte[] from, int offset, int length, Numbering numbered, Packet to) {
        int sequence = numbered.sent().number(length + TransportExtension.BYTES, System.nanoTime());
        to.view(0, TransportExtension.insert(from, offset, length, to.buffer(), numbered.extensionId(), sequence));
    }

    /**
     * Sends a packet of the history again. On the media thread.
     *
     * @param asSent whether it is what was sent before; else a packet of another stream, still to be protected
     */
    void resend(Packet packet, boolean asSent) {
        InetSocketAddress to = destination;
        Protection how = protection;
        SrtpSession keys = how.resending();
        Numbering numbered = numbering;
        boolean sealed = asSent && how.required();
        if (to == null || (!sealed && how.required() && keys == null)) {
            return;
        }
        if (!sealed && numbered != null && TransportExtension.fits(packet.buffer(), packet.offset())) {
            number(packet.buffer(), packet.offset(), packet.length(), numbered, packet);
        }
        if (sealed || keys == null || keys.protectRtp(packet) == SrtpStatus.OK) {
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
