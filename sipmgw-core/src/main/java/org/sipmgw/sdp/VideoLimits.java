package org.sipmgw.sdp;

/**
 * What one side can receive: the bounds an encoder must keep.
 *
 * @param maxWidth pixels
 * @param maxHeight pixels
 * @param maxFrameRate frames per second
 * @param maxBitrateBps bits per second of the payload
 */
public record VideoLimits(int maxWidth, int maxHeight, int maxFrameRate, int maxBitrateBps) {

    /** The bounds that keep both. */
    public VideoLimits and(VideoLimits other) {
        return new VideoLimits(
                Math.min(maxWidth, other.maxWidth),
                Math.min(maxHeight, other.maxHeight),
                Math.min(maxFrameRate, other.maxFrameRate),
                Math.min(maxBitrateBps, other.maxBitrateBps));
    }
}
