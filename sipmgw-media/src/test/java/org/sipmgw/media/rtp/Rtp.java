package org.sipmgw.media.rtp;

/** Makes RTP packets for tests. */
public final class Rtp {
    private Rtp() {}

    /** A packet with room behind it. */
    public static Packet packet(int payloadType, int sequence, int timestamp, int ssrc, int... payload) {
        Packet packet = new Packet(new byte[PacketPool.ORDINARY]).view(0, 12 + payload.length);
        packet.buffer()[0] = (byte) 0x80;
        packet.payloadType(payloadType);
        packet.sequence(sequence & 0xFFFF);
        packet.timestamp(timestamp);
        packet.ssrc(ssrc);
        for (int i = 0; i < payload.length; i++) {
            packet.buffer()[12 + i] = (byte) payload[i];
        }
        return packet;
    }

    /** The payload. */
    public static byte[] payload(Packet packet) {
        byte[] payload = new byte[packet.payloadLength()];
        System.arraycopy(packet.buffer(), packet.payloadOffset(), payload, 0, payload.length);
        return payload;
    }

    /** The whole packet. */
    public static byte[] bytes(Packet packet) {
        byte[] bytes = new byte[packet.length()];
        System.arraycopy(packet.buffer(), packet.offset(), bytes, 0, bytes.length);
        return bytes;
    }
}
