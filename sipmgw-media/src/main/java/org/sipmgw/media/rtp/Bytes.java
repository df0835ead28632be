package org.sipmgw.media.rtp;

/** Numbers in network order. */
public final class Bytes {
    private Bytes() {}

    public static int uint16(byte[] b, int at) {
        return ((b[at] & 0xFF) << 8) | (b[at + 1] & 0xFF);
    }

    public static int uint24(byte[] b, int at) {
        return ((b[at] & 0xFF) << 16) | uint16(b, at + 1);
    }

    public static int int32(byte[] b, int at) {
        return (uint16(b, at) << 16) | uint16(b, at + 2);
    }

    public static long uint32(byte[] b, int at) {
        return int32(b, at) & 0xFFFFFFFFL;
    }

    public static void int16(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 8);
        b[at + 1] = (byte) value;
    }

    public static void int24(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 16);
        int16(b, at + 1, value);
    }

    public static void int32(byte[] b, int at, int value) {
        int16(b, at, value >> 16);
        int16(b, at + 2, value);
    }

    public static void int64(byte[] b, int at, long value) {
        int32(b, at, (int) (value >> 32));
        int32(b, at + 4, (int) value);
    }
}
