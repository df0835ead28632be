package org.sipmgw.media.h264;

/** Bits of a NAL unit with its emulation prevention bytes skipped (H.264 section 7.3.1). Reads zeros behind the end. */
final class BitReader {
    private byte[] b = {};
    private int at;
    private int end;
    private int bit;
    private int zeros;
    private boolean overrun;

    BitReader on(byte[] buffer, int offset, int length) {
        b = buffer;
        at = offset;
        end = offset + length;
        bit = 0;
        zeros = 0;
        overrun = false;
        return this;
    }

    /** Whether more was read than there is. */
    boolean overrun() {
        return overrun;
    }

    int bit() {
        if (bit == 0 && at < end && zeros >= 2 && b[at] == 3) {
            at++;
            zeros = 0;
        }
        if (at >= end) {
            overrun = true;
            return 0;
        }
        int value = (b[at] >> (7 - bit)) & 1;
        if (++bit == 8) {
            zeros = b[at] == 0 ? zeros + 1 : 0;
            bit = 0;
            at++;
        }
        return value;
    }

    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 1) | bit();
        }
        return value;
    }

    /** ue(v), H.264 section 9.1. */
    int unsigned() {
        int leading = 0;
        while (bit() == 0) {
            if (++leading > 31 || overrun) {
                overrun = true;
                return 0;
            }
        }
        return (int) ((1L << leading) - 1 + bits(leading));
    }

    /** se(v), H.264 section 9.1.1. */
    int signed() {
        int value = unsigned();
        return (value & 1) == 0 ? -(value >> 1) : (value + 1) >> 1;
    }
}
