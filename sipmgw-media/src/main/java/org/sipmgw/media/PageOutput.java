package org.sipmgw.media;

import org.jspecify.annotations.Nullable;
import org.sipmgw.media.h264.H264Repair;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketHistory;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.ResendBudget;
import org.sipmgw.media.webrtc.WebRtcPeer;
import org.sipmgw.sdp.MediaKind;

/** The page's end of one kind of media: the last steps, protect and send. Belongs to the media thread. */
final class PageOutput implements H264Repair.Output {
    /** About a second of pictures at 2 Mb/s. */
    private static final int KEPT = 256;

    private static final int RESENT_BPS = 1_000_000;

    private final int ssrc;
    private final @Nullable PacketHistory history;
    private final ResendBudget budget = new ResendBudget(RESENT_BPS);
    private @Nullable WebRtcPeer peer;
    private @Nullable DeviceFeed feed;
    private boolean takesFormat;
    private int packets;
    private int octets;
    private long lost;
    private long resent;

    PageOutput(MediaKind kind, int ssrc) {
        this.ssrc = ssrc;
        this.history = kind == MediaKind.VIDEO ? new PacketHistory(KEPT) : null;
    }

    /** Of what is sent. */
    int ssrc() {
        return ssrc;
    }

    /** The connection to send on; none while the page has none. */
    void peer(@Nullable WebRtcPeer newPeer) {
        peer = newPeer;
        packets = 0;
        octets = 0;
    }

    /** Where packets go instead of to a page; null: nowhere else. */
    void feed(@Nullable DeviceFeed device) {
        feed = device;
    }

    /** Whether they do. */
    boolean fed() {
        return feed != null;
    }

    /** Whether the page takes the format that comes. */
    void takesFormat(boolean takes) {
        takesFormat = takes;
    }

    /** Whether packets reach a page. */
    boolean ready() {
        return (peer != null || feed != null) && takesFormat;
    }

    @Override
    public void packet(Packet packet) {
        DeviceFeed device = feed;
        if (device != null && takesFormat) {
            device.packet(packet.buffer(), packet.offset(), packet.length());
            return;
        }
        WebRtcPeer to = peer;
        if (to == null || !takesFormat) {
            return;
        }
        if (history != null) {
            history.store(packet.buffer(), packet.offset(), packet.length());
        }
        int payload = packet.payloadLength();
        // protect, socket
        if (to.sendRtp(packet) == SendStatus.SENT) {
            packets++;
            octets += payload;
        } else {
            lost++;
        }
    }

    /** Sends again what the page misses; false where it is no longer there, or never was. */
    boolean resend(int sequence, PacketPool pool, long nowNs) {
        WebRtcPeer to = peer;
        if (history == null || to == null) {
            return false;
        }
        Packet packet = pool.acquire(0);
        boolean found = history.read(sequence, packet);
        if (found && budget.take(packet.length(), nowNs)) {
            to.sendRtp(packet);
            resent++;
        }
        pool.release(packet);
        return found;
    }

    /** Sent on this connection, 32 bits wrapping, for sender reports. */
    int packets() {
        return packets;
    }

    /** Payload sent on this connection, 32 bits wrapping, for sender reports. */
    int octets() {
        return octets;
    }

    /** Packets that the page asked for again and got. */
    long resent() {
        return resent;
    }

    /** Packets that the socket did not take. */
    long lost() {
        return lost;
    }
}
