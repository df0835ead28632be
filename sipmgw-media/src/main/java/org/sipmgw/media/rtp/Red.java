package org.sipmgw.media.rtp;

/** Packets that hold one block behind a header of one byte (RFC 2198 section 3), as video with parity has it. */
public final class Red {
    private static final int MORE = 0x80;

    private Red() {}

    /**
     * Takes the header out, in place: the packet is then what its block is.
     *
     * @return the payload type of the block; -1 where there is none, or more than one
     */
    public static int unwrap(Packet packet) {
        if (packet.payloadLength() < 1) {
            return -1;
        }
        byte[] b = packet.buffer();
        int at = packet.payloadOffset();
        if ((b[at] & MORE) != 0) {
            return -1;
        }
        int type = b[at];
        System.arraycopy(b, packet.offset(), b, packet.offset() + 1, packet.headerLength());
        packet.view(packet.offset() + 1, packet.length() - 1);
        packet.payloadType(type);
        return type;
    }
}
