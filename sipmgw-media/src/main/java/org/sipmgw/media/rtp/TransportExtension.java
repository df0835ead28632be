package org.sipmgw.media.rtp;

/**
 * The transport-wide sequence number of a packet in its header extension (RFC 8285 section 4.2, one-byte form;
 * draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2).
 */
public final class TransportExtension {
    /** Bytes by which a packet grows. */
    public static final int BYTES = 8;

    private static final int ONE_BYTE_FORM = 0xBEDE;
    private static final int HAS_EXTENSION = 0x10;
    private static final int RESERVED_ID = 15;

    private TransportExtension() {}

    /** The number that a packet carries under {@code id}, 16 bits; -1 where it carries none. */
    public static int read(Packet packet, int id) {
        byte[] b = packet.buffer();
        int start = packet.offset();
        if ((b[start] & HAS_EXTENSION) == 0) {
            return -1;
        }
        int at = start + Packet.FIXED_HEADER + 4 * (b[start] & 0x0F);
        int end = start + packet.headerLength();
        if (Bytes.uint16(b, at) != ONE_BYTE_FORM) {
            return -1;
        }
        at += 4;
        while (at < end) {
            int next = (b[at] & 0xFF) >> 4;
            int length = (b[at] & 0x0F) + 1;
            if (next == RESERVED_ID) {
                return -1; // section 4.2: what follows is not read
            }
            if (next == id && length == 2 && at + length < end) {
                return Bytes.uint16(b, at + 1);
            }
            at += next == 0 ? 1 : 1 + length; // 0 is padding
        }
        return -1;
    }

    /** Whether a packet can be given a number: its header has no extension yet. */
    public static boolean fits(byte[] packet, int offset) {
        return (packet[offset] & HAS_EXTENSION) == 0;
    }

    /**
     * Copies a packet that {@link #fits} and gives the copy a number; {@code to} may be {@code from} where it begins at 0
     * there, and needs {@link #BYTES} more.
     *
     * @return length of the copy, which begins at 0
     */
    public static int insert(byte[] from, int offset, int length, byte[] to, int id, int sequence) {
        int header = Packet.FIXED_HEADER + 4 * (from[offset] & 0x0F);
        System.arraycopy(from, offset + header, to, header + BYTES, length - header);
        System.arraycopy(from, offset, to, 0, header);
        to[0] |= HAS_EXTENSION;
        Bytes.int16(to, header, ONE_BYTE_FORM);
        Bytes.int16(to, header + 2, 1);
        to[header + 4] = (byte) (id << 4 | 1);
        Bytes.int16(to, header + 5, sequence);
        to[header + 7] = 0;
        return length + BYTES;
    }
}
