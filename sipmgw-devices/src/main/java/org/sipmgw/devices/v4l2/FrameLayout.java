package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Where the planes of a raw picture lie in memory. Made once for each format; immutable. */
public final class FrameLayout {
    private static final int PIECE = 8192;

    private final PixelFormat pixels;
    private final int width;
    private final int height;
    private final int[] offsets;
    private final int[] strides;
    private final int bytes;

    private FrameLayout(PixelFormat pixels, int width, int height, int[] offsets, int[] strides) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
        this.offsets = offsets.clone();
        this.strides = strides.clone();
        int end = 0;
        for (int plane = 0; plane < pixels.planes(); plane++) {
            int rows = pixels.rows(plane, height);
            end = Math.max(end, offsets[plane] + (rows - 1) * strides[plane] + pixels.rowBytes(plane, width));
        }
        this.bytes = end;
    }

    /**
     * Planes with gaps, as decoders give them.
     *
     * @param offsets of each plane's first byte
     * @param strides bytes from row to row of each plane, at least a row
     * @throws IllegalArgumentException when planes are missing or rows overlap
     */
    public static FrameLayout of(PixelFormat pixels, int width, int height, int[] offsets, int[] strides) {
        if (pixels.compressed() || offsets.length != pixels.planes() || strides.length != pixels.planes()) {
            throw new IllegalArgumentException(pixels + " has " + pixels.planes() + " planes and is raw");
        }
        for (int plane = 0; plane < offsets.length; plane++) {
            if (offsets[plane] < 0 || strides[plane] < pixels.rowBytes(plane, width)) {
                throw new IllegalArgumentException("plane " + plane + ": offset " + offsets[plane] + ", stride "
                        + strides[plane] + ", a row has " + pixels.rowBytes(plane, width));
            }
        }
        return new FrameLayout(pixels, width, height, offsets, strides);
    }

    /** Planes one after the other, without gaps. */
    public static FrameLayout tight(PixelFormat pixels, int width, int height) {
        return strided(pixels, width, height, pixels.rowBytes(0, width));
    }

    /** As V4L2 means it: planes one after the other, the other planes' strides following from the first's. */
    static FrameLayout strided(PixelFormat pixels, int width, int height, int firstStride) {
        int[] offsets = new int[pixels.planes()];
        int[] strides = new int[pixels.planes()];
        int offset = 0;
        for (int plane = 0; plane < offsets.length; plane++) {
            offsets[plane] = offset;
            strides[plane] = pixels.stride(plane, firstStride);
            offset += strides[plane] * pixels.rows(plane, height);
        }
        return new FrameLayout(pixels, width, height, offsets, strides);
    }

    /** How the pixels lie. */
    public PixelFormat pixels() {
        return pixels;
    }

    /** Pixels. */
    public int width() {
        return width;
    }

    /** Pixels. */
    public int height() {
        return height;
    }

    /** Bytes up to the end of the last row. */
    public int bytes() {
        return bytes;
    }

    /** Where a plane begins. */
    public int offset(int plane) {
        return offsets[plane];
    }

    /** Bytes from row to row of a plane. */
    public int stride(int plane) {
        return strides[plane];
    }

    /** Whether both are the same picture size and kind, so that one can be copied to the other. */
    boolean fits(FrameLayout other) {
        return pixels == other.pixels && width == other.width && height == other.height;
    }

    /** Copies a picture that {@link #fits}: at once where both lie alike, else row by row. Allocates nothing. */
    void copy(ByteBuffer from, int fromOffset, FrameLayout to, ByteBuffer target) {
        if (Arrays.equals(offsets, to.offsets) && Arrays.equals(strides, to.strides)) {
            bulk(from, fromOffset, target, 0, bytes);
            return;
        }
        for (int plane = 0; plane < offsets.length; plane++) {
            int row = pixels.rowBytes(plane, width);
            int rows = pixels.rows(plane, height);
            int source = fromOffset + offsets[plane];
            int goal = to.offsets[plane];
            if (strides[plane] == row && to.strides[plane] == row) {
                bulk(from, source, target, goal, row * rows);
                continue;
            }
            for (int y = 0; y < rows; y++) {
                target.put(goal + y * to.strides[plane], from, source + y * strides[plane], row);
            }
        }
    }

    /** In pieces: copies of megabytes go past the caches and take twice as long, and a reader looks at the frame next. */
    private static void bulk(ByteBuffer from, int fromOffset, ByteBuffer target, int targetOffset, int length) {
        for (int done = 0; done < length; done += PIECE) {
            target.put(targetOffset + done, from, fromOffset + done, Math.min(PIECE, length - done));
        }
    }
}
