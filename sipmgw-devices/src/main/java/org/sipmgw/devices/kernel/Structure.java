package org.sipmgw.devices.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A structure of the kernel in native memory, zeroed at first; its user knows the offsets. Freed with the object. Not
 * thread-safe.
 */
public final class Structure {
    private final ByteBuffer bytes;
    private final long address;

    /** @param size bytes, at least 1 */
    public Structure(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = MemoryDevice.address(bytes);
    }

    /** Where a direct buffer's first byte lies, whatever its position, as long as the buffer is reachable. Allocates. */
    public static long addressOf(ByteBuffer direct) {
        return MemoryDevice.address(direct);
    }

    /** Where it lies, as long as this object is reachable. */
    public long address() {
        return address;
    }

    /** Bytes. */
    public int size() {
        return bytes.capacity();
    }

    /** All of it, for bulk copies. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** The signed 32-bit number at an offset. */
    public int intAt(int offset) {
        return bytes.getInt(offset);
    }

    /** The signed 64-bit number at an offset. */
    public long longAt(int offset) {
        return bytes.getLong(offset);
    }

    /** The signed 16-bit number at an offset. */
    public short shortAt(int offset) {
        return bytes.getShort(offset);
    }

    /** Text up to the first zero, at most {@code length} bytes. */
    public String textAt(int offset, int length) {
        byte[] text = new byte[length];
        bytes.get(offset, text);
        int end = 0;
        while (end < length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** Sets ASCII text, without a zero after it. */
    public Structure setText(int offset, String text) {
        bytes.put(offset, text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** Sets 32 bits. */
    public Structure setInt(int offset, int value) {
        bytes.putInt(offset, value);
        return this;
    }

    /** Sets 64 bits. */
    public Structure setLong(int offset, long value) {
        bytes.putLong(offset, value);
        return this;
    }

    /** Sets 16 bits. */
    public Structure setShort(int offset, short value) {
        bytes.putShort(offset, value);
        return this;
    }

    /** All zero again. */
    public Structure clear() {
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) 0);
        }
        return this;
    }
}
