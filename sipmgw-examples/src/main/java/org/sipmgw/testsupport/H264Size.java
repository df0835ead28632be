package org.sipmgw.testsupport;

/** Reads the picture size from a sequence parameter set (H.264 section 7.3.2.1.1). */
final class H264Size {

    private final byte[] bytes;
    private int bit;

    private H264Size(byte[] sps) {
        this.bytes = unescape(sps);
        this.bit = 8;
    }

    /** Width and height in pixels. */
    static int[] of(byte[] sps) {
        return new H264Size(sps).read();
    }

    private int[] read() {
        int profile = bits(8);
        bits(16);
        golomb();
        int chroma = 1;
        if (profile == 100 || profile == 110 || profile == 122 || profile == 244) {
            chroma = golomb();
            golomb();
            golomb();
            bits(1);
            if (bits(1) == 1) {
                throw new IllegalArgumentException("scaling matrices are not read here");
            }
        }
        golomb();
        int order = golomb();
        if (order == 0) {
            golomb();
        } else if (order == 1) {
            throw new IllegalArgumentException("picture order count type 1 is not read here");
        }
        golomb();
        bits(1);
        int width = 16 * (golomb() + 1);
        int mapUnits = golomb() + 1;
        int framesOnly = bits(1);
        int height = 16 * mapUnits * (2 - framesOnly);
        if (framesOnly == 0) {
            bits(1);
        }
        bits(1);
        if (bits(1) == 1) {
            int unitX = chroma == 1 ? 2 : 1;
            int unitY = (chroma == 1 ? 2 : 1) * (2 - framesOnly);
            width -= unitX * (golomb() + golomb());
            height -= unitY * (golomb() + golomb());
        }
        return new int[] {width, height};
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value = value << 1 | ((bytes[bit >> 3] >> (7 - (bit & 7))) & 1);
        }
        return value;
    }

    private int golomb() {
        int zeros = 0;
        while (bits(1) == 0) {
            zeros++;
        }
        return (1 << zeros) - 1 + bits(zeros);
    }

    private static byte[] unescape(byte[] nal) {
        byte[] out = new byte[nal.length];
        int length = 0;
        for (int i = 0; i < nal.length; i++) {
            if (i >= 2 && nal[i] == 3 && nal[i - 1] == 0 && nal[i - 2] == 0) {
                continue;
            }
            out[length++] = nal[i];
        }
        return java.util.Arrays.copyOf(out, length);
    }
}
