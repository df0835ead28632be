package org.sipmgw.media.capture;

/**
 * Counters of one stream since its capture was opened. Audio has no frames.
 *
 * @param packets made
 * @param payloadBytes in them
 * @param frames encoded
 * @param keyFrames encoded
 * @param repeated grabbed, but equal to the frame before and not encoded
 * @param dropped not grabbed or not encoded because they came too late
 * @param width of the picture sent, 0 for audio
 * @param height of the picture sent, 0 for audio
 */
public record CaptureStatistics(
        long packets,
        long payloadBytes,
        long frames,
        long keyFrames,
        long repeated,
        long dropped,
        int width,
        int height) {

    /** Nothing made. */
    public static CaptureStatistics none() {
        return new CaptureStatistics(0, 0, 0, 0, 0, 0, 0, 0);
    }
}
