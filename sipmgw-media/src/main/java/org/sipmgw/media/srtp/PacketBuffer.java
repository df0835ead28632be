package org.sipmgw.media.srtp;

import org.jitsi.utils.ByteArrayBuffer;
import org.sipmgw.media.rtp.Packet;

/** Shows a packet to jitsi-srtp. One for all packets of a session; holds the packet only during one call. */
final class PacketBuffer implements ByteArrayBuffer {
    private static final byte[] NOTHING = {};

    private byte[] buffer = NOTHING;
    private int offset;
    private int length;

    PacketBuffer of(Packet packet) {
        buffer = packet.buffer();
        offset = packet.offset();
        length = packet.length();
        return this;
    }

    void writeBack(Packet packet) {
        packet.view(offset, length);
        buffer = NOTHING;
    }

    @Override
    public byte[] getBuffer() {
        return buffer;
    }

    @Override
    public int getOffset() {
        return offset;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int length) {
        this.length = length;
    }

    @Override
    public void setOffset(int offset) {
        this.offset = offset;
    }

    @Override
    public boolean isInvalid() {
        return length <= 0;
    }

    @Override
    public void readRegionToBuff(int at, int count, byte[] out) {
        System.arraycopy(buffer, offset + at, out, 0, count);
    }

    /** The buffer cannot grow, its room is part of {@link SrtpSession}'s contract. */
    @Override
    public void grow(int count) {
        if (offset + length + count > buffer.length) {
            throw new IllegalArgumentException("no room for " + count + " bytes behind the packet");
        }
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, buffer, offset + length, count);
        length += count;
    }

    @Override
    public void shrink(int count) {
        length = Math.max(0, length - count);
    }
}
