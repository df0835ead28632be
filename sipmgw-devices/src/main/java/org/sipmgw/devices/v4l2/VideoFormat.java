package org.sipmgw.devices.v4l2;

import org.sipmgw.spi.ConfigException;

/**
 * What a camera shows.
 *
 * @param pixels how they lie in memory
 * @param width pixels, even, 2 to 8192
 * @param height pixels, even, 2 to 8192
 * @param framesPerSecond 1 to 120
 */
public record VideoFormat(PixelFormat pixels, int width, int height, int framesPerSecond) {
    private static final int LARGEST = 8192;
    private static final int FASTEST = 120;

    /** Checks the ranges: {@link ConfigException}. */
    public VideoFormat {
        if (width < 2 || height < 2 || width > LARGEST || height > LARGEST || (width | height) % 2 != 0) {
            throw new ConfigException("size", width + "x" + height, "even numbers from 2 to " + LARGEST);
        }
        if (framesPerSecond < 1 || framesPerSecond > FASTEST) {
            throw new ConfigException("framesPerSecond", framesPerSecond, "1 to " + FASTEST);
        }
    }

    /** Nanoseconds from frame to frame. */
    public long periodNs() {
        return 1_000_000_000L / framesPerSecond;
    }

    @Override
    public String toString() {
        return pixels + " " + width + "x" + height + " at " + framesPerSecond + "/s";
    }
}
