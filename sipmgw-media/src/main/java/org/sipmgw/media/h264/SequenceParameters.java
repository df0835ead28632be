package org.sipmgw.media.h264;

/** The size that a sequence parameter set states (H.264 section 7.3.2.1.1). Reused; allocates nothing. */
final class SequenceParameters {
    private static final int MAX_MACROBLOCKS = 1024;

    private final BitReader bits = new BitReader();
    private int width;
    private int height;

    /** Reads a NAL unit, header included; false where it is not one that a decoder could take. */
    boolean read(byte[] b, int offset, int length) {
        bits.on(b, offset + 1, length - 1);
        int profile = bits.bits(8);
        bits.bits(16);
        bits.unsigned();
        int chroma = 1;
        if (hasChroma(profile)) {
            chroma = chromaAndScaling();
        }
        bits.unsigned();
        int orderType = bits.unsigned();
        if (orderType == 0) {
            bits.unsigned();
        } else if (orderType == 1 && !pictureOrder()) {
            return false;
        }
        bits.unsigned();
        bits.bit();
        int widthMacroblocks = bits.unsigned() + 1;
        int heightUnits = bits.unsigned() + 1;
        int frameOnly = bits.bit();
        if (frameOnly == 0) {
            bits.bit();
        }
        bits.bit();
        return !bits.overrun() && size(widthMacroblocks, heightUnits, frameOnly, chroma);
    }

    private static boolean hasChroma(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private int chromaAndScaling() {
        int chroma = bits.unsigned();
        if (chroma == 3) {
            bits.bit();
        }
        bits.unsigned();
        bits.unsigned();
        bits.bit();
        if (bits.bit() == 1) {
            for (int i = 0; i < (chroma == 3 ? 12 : 8) && !bits.overrun(); i++) {
                if (bits.bit() == 1) {
                    scalingList(i < 6 ? 16 : 64);
                }
            }
        }
        return chroma;
    }

    private void scalingList(int size) {
        int next = 8;
        for (int i = 0, last = 8; i < size && next != 0; i++) {
            next = (last + bits.signed() + 256) & 0xFF;
            last = next == 0 ? last : next;
        }
    }

    private boolean pictureOrder() {
        bits.bit();
        bits.signed();
        bits.signed();
        int cycle = bits.unsigned();
        for (int i = 0; i < cycle && !bits.overrun(); i++) {
            bits.signed();
        }
        return cycle <= 255;
    }

    private boolean size(int widthMacroblocks, int heightUnits, int frameOnly, int chroma) {
        if (widthMacroblocks <= 0
                || heightUnits <= 0
                || widthMacroblocks > MAX_MACROBLOCKS
                || heightUnits > MAX_MACROBLOCKS) {
            return false;
        }
        width = widthMacroblocks * 16;
        height = (2 - frameOnly) * heightUnits * 16;
        if (bits.bit() == 1) {
            int stepX = chroma == 1 || chroma == 2 ? 2 : 1;
            int stepY = (chroma == 1 ? 2 : 1) * (2 - frameOnly);
            width -= stepX * (bits.unsigned() + bits.unsigned());
            height -= stepY * (bits.unsigned() + bits.unsigned());
        }
        return !bits.overrun() && width > 0 && height > 0;
    }

    /** Pixels after cropping. */
    int width() {
        return width;
    }

    /** Pixels after cropping. */
    int height() {
        return height;
    }
}
