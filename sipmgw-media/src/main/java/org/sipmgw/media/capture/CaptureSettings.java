package org.sipmgw.media.capture;

import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.ConfigException;

/**
 * How pictures and sound are made, within what was negotiated.
 *
 * @param maxFrameRate frames per second that are grabbed at most, 1 to 60
 * @param maxBitrateBps bits per second of video at most, whatever more the other side allows
 * @param effort what the H.264 encoder spends
 * @param patience how many times longer than usual display, sound and encoder may stand still, 1 to 50
 */
public record CaptureSettings(int maxFrameRate, int maxBitrateBps, Effort effort, int patience) {

    /** Speed against quality of the H.264 encoder. */
    public enum Effort {
        /** About 0.3 cores at 720p30. */
        ULTRAFAST("ultrafast"),
        /** A third dearer, better pictures at low bitrates. */
        SUPERFAST("superfast");

        private final String preset;

        Effort(String preset) {
            this.preset = preset;
        }

        String preset() {
            return preset;
        }
    }

    /** What is taken for the limits of a side that states none. */
    public static final VideoLimits UNSTATED_LIMITS = new VideoLimits(1280, 720, 30, 2_000_000);

    /** Checks the ranges. */
    public CaptureSettings {
        if (maxFrameRate < 1 || maxFrameRate > 60) {
            throw new ConfigException("maxFrameRate", maxFrameRate, "1 to 60");
        }
        if (patience < 1 || patience > 50) {
            throw new ConfigException("patience", patience, "1 to 50");
        }
        if (maxBitrateBps < 64_000) {
            throw new ConfigException("maxBitrateBps", maxBitrateBps, "64000 and more");
        }
    }

    /** 30 frames per second, 2 Mb/s, the cheapest encoding. */
    public static CaptureSettings defaults() {
        return new CaptureSettings(30, 2_000_000, Effort.ULTRAFAST, 1);
    }

    /** What both these settings and the other side allow. */
    VideoLimits within(VideoLimits remote) {
        return remote.and(new VideoLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, maxFrameRate, maxBitrateBps));
    }
}
