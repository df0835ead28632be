package org.sipmgw.media.rtp;

/** Retransmission packets (RFC 4588 section 4): the original sequence number stands before the original payload. */
public final class Rtx {
    private static final int ORIGINAL_SEQUENCE = 2;

    private Rtx() {}

    /** Makes a retransmission of a packet, in place; its buffer needs two more bytes. */
    public static void wrap(Packet packet, int payloadType, int ssrc, int sequence) {
        byte[] b = packet.buffer();
        int at = packet.payloadOffset();
        int end = packet.offset() + packet.length();
        System.arraycopy(b, at, b, at + ORIGINAL_SEQUENCE, end - at);
        Bytes.int16(b, at, packet.sequence());
        packet.length(packet.length() + ORIGINAL_SEQUENCE);
        packet.payloadType(payloadType);
        packet.sequence(sequence);
        packet.ssrc(ssrc);
    }

    /** Makes the original of a retransmission, in place; false where it holds none. */
    public static boolean unwrap(Packet packet, int payloadType, int ssrc) {
        if (packet.payloadLength() <= ORIGINAL_SEQUENCE) {
            return false;
        }
        byte[] b = packet.buffer();
        int at = packet.payloadOffset();
        int original = Bytes.uint16(b, at);
        int header = packet.headerLength();
        System.arraycopy(b, packet.offset(), b, packet.offset() + ORIGINAL_SEQUENCE, header);
        packet.view(packet.offset() + ORIGINAL_SEQUENCE, packet.length() - ORIGINAL_SEQUENCE);
        packet.payloadType(payloadType);
        packet.sequence(original);
        packet.ssrc(ssrc);
        return true;
    }
}
