package org.sipmgw.media.rtp;

import org.jitsi.utils.ByteArrayBuffer;

/** Shows one packet of a compound to libjitsi's readers. Read-only. */
final class RtcpView implements ByteArrayBuffer {
    private byte[] buffer = {};
    private int offset;
    private int length;

    RtcpView of(byte[] newBuffer, int newOffset, int newLength) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        return this;
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
    public boolean isInvalid() {
        return length <= 0;
    }

    @Override
    public void readRegionToBuff(int at, int count, byte[] out) {
        System.arraycopy(buffer, offset + at, out, 0, count);
    }

    @Override
    public void setLength(int newLength) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setOffset(int newOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void grow(int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void append(byte[] data, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shrink(int count) {
        throw new UnsupportedOperationException();
    }
}
