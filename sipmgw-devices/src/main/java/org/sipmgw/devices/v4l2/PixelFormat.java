package org.sipmgw.devices.v4l2;

import java.util.Optional;

/** How a camera's pixels lie in memory. */
public enum PixelFormat {
    /** 4:2:2 in one plane, Y U Y V; 2 bytes a pixel. */
    YUYV("YUYV"),
    /** I420: planes Y, U, V, the latter of half width and height; 1.5 bytes a pixel. What decoders give and Chromium takes. */
    YU12("YU12"),
    /** Planes Y and UV interleaved; 1.5 bytes a pixel. What hardware decoders give. */
    NV12("NV12"),
    /** Blue, green, red; 3 bytes a pixel. */
    BGR24("BGR3"),
    /** A JPEG picture for each frame, of any length up to the device's buffer. */
    MJPEG("MJPG");

    private final int fourcc;

    PixelFormat(String letters) {
        fourcc = letters.charAt(0) | letters.charAt(1) << 8 | letters.charAt(2) << 16 | letters.charAt(3) << 24;
    }

    /** The format's code in the kernel. */
    public int fourcc() {
        return fourcc;
    }

    /** The one with this code; empty for all that we do not write. */
    public static Optional<PixelFormat> of(int fourcc) {
        for (PixelFormat format : values()) {
            if (format.fourcc == fourcc) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The four letters of a code. */
    static String letters(int fourcc) {
        StringBuilder text = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            text.append((char) (fourcc >> shift & 0x7f));
        }
        return text.toString();
    }

    boolean compressed() {
        return this == MJPEG;
    }

    int planes() {
        return switch (this) {
            case YU12 -> 3;
            case NV12 -> 2;
            case YUYV, BGR24, MJPEG -> 1;
        };
    }

    /** Bytes of a row of a plane without padding. */
    int rowBytes(int plane, int width) {
        return switch (this) {
            case YUYV -> width * 2;
            case BGR24 -> width * 3;
            case YU12 -> plane == 0 ? width : width / 2;
            case NV12 -> width;
            case MJPEG -> 0;
        };
    }

    /** Rows of a plane. */
    int rows(int plane, int height) {
        return plane == 0 ? height : height / 2;
    }

    /** A plane's stride where the device tells the first plane's only. */
    int stride(int plane, int firstStride) {
        return this == YU12 && plane > 0 ? firstStride / 2 : firstStride;
    }
}
