package org.sipmgw.media.capture;

import org.sipmgw.sdp.VideoLimits;

/**
 * The size of the picture that is sent.
 *
 * @param width pixels, even
 * @param height pixels, even
 */
record PictureSize(int width, int height) {

    /** The largest even size of the source's shape that keeps the limits; never larger than the source. */
    static PictureSize fit(int sourceWidth, int sourceHeight, VideoLimits limits) {
        double scale = Math.min(
                1, Math.min(limits.maxWidth() / (double) sourceWidth, limits.maxHeight() / (double) sourceHeight));
        return new PictureSize(even(sourceWidth * scale), even(sourceHeight * scale));
    }

    private static int even(double pixels) {
        return Math.max(2, (int) (pixels + 1e-6) & ~1);
    }
}
