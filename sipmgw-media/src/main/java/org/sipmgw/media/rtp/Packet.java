package org.sipmgw.media.rtp;

/**
 * A datagram as a view over a buffer, read and written as RTP (RFC 3550 section 5.1). One owner at a time; not
 * thread-safe. The RTP accessors need {@link #isRtp()}; nothing is checked twice.
 */
public final class Packet {
    /** Bytes of the fixed RTP header. */
    public static final int FIXED_HEADER = 12;

    private final byte[] buffer;
    private int offset;
    private int length;

    /** A view over nothing yet; see {@link #view(int, int)}. */
    public Packet(byte[] buffer) {
        this.buffer = buffer;
    }

    /** Makes this a view of {@code length} bytes from {@code offset}. */
    public Packet view(int offset, int length) {
        this.offset = offset;
        this.length = length;
        return this;
    }

    /** Copies the bytes of {@code other} to the start of this buffer, which must be large enough. */
    public Packet copyOf(Packet other) {
        System.arraycopy(other.buffer, other.offset, buffer, 0, other.length);
        return view(0, other.length);
    }

    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Bytes that could stand behind the offset. */
    public int capacity() {
        return buffer.length - offset;
    }

    public void length(int bytes) {
        length = bytes;
    }

    /** Whether this is RTP version 2 whose header, extension and padding fit the datagram. */
    public boolean isRtp() {
        return isRtpHeader() && length >= headerLength() + padding();
    }

    /** As {@link #isRtp()}, but without looking at the padding, which SRTP encrypts. */
    public boolean isRtpHeader() {
        if (length < FIXED_HEADER || (buffer[offset] & 0xC0) != 0x80) {
            return false;
        }
        int header = FIXED_HEADER + 4 * (buffer[offset] & 0x0F);
        if ((buffer[offset] & 0x10) != 0) {
            if (length < header + 4) {
                return false;
            }
            header += 4 + 4 * Bytes.uint16(buffer, offset + header + 2);
        }
        return length >= header;
    }

    /** Bytes before the payload: fixed header, contributing sources and extension. */
    public int headerLength() {
        int header = FIXED_HEADER + 4 * (buffer[offset] & 0x0F);
        if ((buffer[offset] & 0x10) != 0) {
            header += 4 + 4 * Bytes.uint16(buffer, offset + header + 2);
        }
        return header;
    }

    /** Bytes of padding at the end, its count octet included. */
    public int padding() {
        return (buffer[offset] & 0x20) == 0 ? 0 : buffer[offset + length - 1] & 0xFF;
    }

    /** Index of the first payload byte in {@link #buffer()}. */
    public int payloadOffset() {
        return offset + headerLength();
    }

    /** Bytes of payload without padding, never negative after {@link #isRtp()}. */
    public int payloadLength() {
        return length - headerLength() - padding();
    }

    public int payloadType() {
        return buffer[offset + 1] & 0x7F;
    }

    public boolean marker() {
        return buffer[offset + 1] < 0;
    }

    public int sequence() {
        return Bytes.uint16(buffer, offset + 2);
    }

    /** 32 bits, wrapping. */
    public int timestamp() {
        return Bytes.int32(buffer, offset + 4);
    }

    /** 32 bits, to be compared for equality only. */
    public int ssrc() {
        return Bytes.int32(buffer, offset + 8);
    }

    public void payloadType(int payloadType) {
        buffer[offset + 1] = (byte) ((buffer[offset + 1] & 0x80) | payloadType);
    }

    public void marker(boolean marker) {
        buffer[offset + 1] = (byte) (marker ? buffer[offset + 1] | 0x80 : buffer[offset + 1] & 0x7F);
    }

    public void sequence(int sequence) {
        Bytes.int16(buffer, offset + 2, sequence);
    }

    public void timestamp(int timestamp) {
        Bytes.int32(buffer, offset + 4, timestamp);
    }

    public void ssrc(int ssrc) {
        Bytes.int32(buffer, offset + 8, ssrc);
    }
}
