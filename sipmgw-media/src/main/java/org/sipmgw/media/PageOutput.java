package org.sipmgw.media;

import org.jspecify.annotations.Nullable;
import org.sipmgw.media.h264.H264Repair;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.webrtc.WebRtcPeer;

/** The page's end of one kind of media: the last steps, protect and send. Belongs to the media thread. */
final class PageOutput implements H264Repair.Output {
    private final int ssrc;
    private @Nullable WebRtcPeer peer;
    private boolean takesFormat;
    private int packets;
    private int octets;
    private long lost;

    PageOutput(int ssrc) {
        this.ssrc = ssrc;
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

    /** Whether the page takes the format that comes. */
    void takesFormat(boolean takes) {
        takesFormat = takes;
    }

    /** Whether packets reach a page. */
    boolean ready() {
        return peer != null && takesFormat;
    }

    @Override
    public void packet(Packet packet) {
        WebRtcPeer to = peer;
        if (to == null || !takesFormat) {
            return;
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

    /** Sent on this connection, 32 bits wrapping, for sender reports. */
    int packets() {
        return packets;
    }

    /** Payload sent on this connection, 32 bits wrapping, for sender reports. */
    int octets() {
        return octets;
    }

    /** Packets that the socket did not take. */
    long lost() {
        return lost;
    }
}
