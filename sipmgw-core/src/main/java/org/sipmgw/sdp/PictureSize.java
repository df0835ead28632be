package org.sipmgw.sdp;

/** Turns bounds in macroblocks (16x16 pixels) into a picture size of 16:9 and a frame rate. */
final class PictureSize {

    /** Widths of the sizes used, from large to small, with even heights. */
    private static final int[] WIDTHS = {3840, 2560, 1920, 1280, 1024, 960, 848, 768, 640, 512, 384, 256, 160};

    private static final int[] HEIGHTS = {2160, 1440, 1080, 720, 576, 540, 480, 432, 360, 288, 216, 144, 90};

    /** A larger picture that would fall below this rate gives way to a smaller one. */
    private static final int WANTED_FRAME_RATE = 20;

    private static final int MAX_FRAME_RATE = 60;

    private PictureSize() {}

    static int macroblocks(int width, int height) {
        return ((width + 15) / 16) * ((height + 15) / 16);
    }

    /**
     * The largest size within {@code maxFs} macroblocks that reaches 20 frames a second within {@code maxMbps}
     * macroblocks a second, else the smallest size.
     */
    static VideoLimits limits(int maxFs, int maxMbps, long maxBitrateBps) {
        int last = WIDTHS.length - 1;
        int chosen = last;
        for (int i = last; i >= 0; i--) {
            int macroblocks = macroblocks(WIDTHS[i], HEIGHTS[i]);
            if (macroblocks <= maxFs && maxMbps / macroblocks >= WANTED_FRAME_RATE) {
                chosen = i;
            }
        }
        int rate = maxMbps / macroblocks(WIDTHS[chosen], HEIGHTS[chosen]);
        return new VideoLimits(WIDTHS[chosen], HEIGHTS[chosen], Math.max(1, Math.min(rate, MAX_FRAME_RATE)), (int)
                Math.min(maxBitrateBps, Integer.MAX_VALUE));
    }
}
