package org.sipmgw.testsupport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A received RTP packet (RFC 3550 section 5.1).
 *
 * @param arrivalNs when it arrived
 * @param bytes all of it
 */
@SuppressWarnings("ArrayRecordComponent") // a holder, never compared
public record RtpPacket(long arrivalNs, byte[] bytes) {

    private static final int HEADER = 12;

    static boolean isRtp(byte[] datagram, int length) {
        return length >= HEADER && (datagram[0] & 0xC0) == 0x80 && !isRtcp(datagram, length);
    }

    /** RFC 5761 section 4: RTCP packet types 192 to 223. */
    static boolean isRtcp(byte[] datagram, int length) {
        return length >= 8 && (datagram[0] & 0xC0) == 0x80 && (datagram[1] & 255) >= 192 && (datagram[1] & 255) <= 223;
    }

    /** Sequence number. */
    public int sequence() {
        return ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF;
    }

    /** RTP timestamp, unsigned. */
    public long timestamp() {
        return ByteBuffer.wrap(bytes).getInt(4) & 0xFFFFFFFFL;
    }

    /** Synchronization source. */
    public int ssrc() {
        return ByteBuffer.wrap(bytes).getInt(8);
    }

    /** Whether the marker bit is set. */
    public boolean marker() {
        return (bytes[1] & 0x80) != 0;
    }

    /** Payload type. */
    public int payloadType() {
        return bytes[1] & 0x7F;
    }

    /** What follows header, sources and extension, without padding. */
    public byte[] payload() {
        int from = HEADER + 4 * (bytes[0] & 15);
        if ((bytes[0] & 0x10) != 0 && from + 4 <= bytes.length) {
            from += 4 + 4 * (ByteBuffer.wrap(bytes).getShort(from + 2) & 0xFFFF);
        }
        int to = bytes.length;
        if ((bytes[0] & 0x20) != 0) {
            to -= bytes[bytes.length - 1] & 255;
        }
        return from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
    }

    /** A packet to send. */
    static byte[] of(int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + payload.length);
        packet.put((byte) 0x80).put((byte) (payloadType | (marker ? 0x80 : 0)));
        packet.putShort((short) sequence).putInt(timestamp).putInt(ssrc).put(payload);
        return packet.array();
    }
}
