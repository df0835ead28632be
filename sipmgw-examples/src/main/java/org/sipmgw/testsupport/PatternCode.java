package org.sipmgw.testsupport;

/**
 * What stands in a {@link Pattern}'s code: four rows of fifteen cells, the first a clock track of alternating black
 * and white, the others 45 bits, most significant first: 4 bits of sender, 24 of frame number, 16 of checksum and a
 * one. All measures are fractions of the picture's width, so that the code survives any scaling.
 */
final class PatternCode {

    /** Cells in a row. */
    static final int COLUMNS = 15;

    /** Rows, clock track included. */
    static final int ROWS = 4;

    /** Width of a cell as a fraction of the picture's width. */
    static final double CELL_WIDTH = 1.0 / 16;

    /** Height of a row as a fraction of the picture's width. */
    static final double ROW_HEIGHT = 3.0 / 80;

    /** White around the code as a fraction of the picture's width. */
    static final double MARGIN = 1.0 / 32;

    private static final int CHECKSUM_SEED = 0x5350;

    private PatternCode() {}

    /** The 45 bits, the last one in bit 0. */
    static long encode(int sender, long frame) {
        long message = (long) (sender & 0xF) << 24 | (frame & 0xFFFFFF);
        return message << 17 | (long) checksum(message) << 1 | 1;
    }

    /** Whether {@code bits} are what {@link #encode} made. */
    static boolean valid(long bits) {
        return (bits & 1) == 1 && checksum(bits >>> 17) == (bits >>> 1 & 0xFFFF);
    }

    static int sender(long bits) {
        return (int) (bits >>> 41) & 0xF;
    }

    static long frame(long bits) {
        return bits >>> 17 & 0xFFFFFF;
    }

    /** Whether the cell is white; row 0 is the clock track, which begins and ends with black. */
    static boolean white(long bits, int row, int column) {
        if (row == 0) {
            return column % 2 == 1;
        }
        int index = (row - 1) * COLUMNS + column;
        return (bits >>> (COLUMNS * (ROWS - 1) - 1 - index) & 1) == 1;
    }

    /** CRC-16/CCITT of the 28 bits. */
    private static int checksum(long message) {
        int crc = CHECKSUM_SEED;
        for (int bit = 27; bit >= 0; bit--) {
            boolean high = (crc & 0x8000) != 0;
            boolean in = (message >>> bit & 1) == 1;
            crc = crc << 1 & 0xFFFF;
            if (high != in) {
                crc ^= 0x1021;
            }
        }
        return crc;
    }
}
