package org.sipmgw.devices.v4l2;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** What a camera shows while there is no picture: a grey camera on a dark ground, at any size and in any format. */
final class StillPicture {
    private static final int GROUND = 0x20242c;
    private static final int CAMERA = 0x68707c;

    private final VideoFormat format;
    private final byte @Nullable [] jpeg;

    StillPicture(VideoFormat format) {
        this.format = format;
        this.jpeg = format.pixels().compressed() ? encode() : null;
    }

    /** Draws into a frame's memory; returns the bytes used. */
    int draw(FrameLayout layout, ByteBuffer target) {
        if (jpeg != null) {
            target.put(0, jpeg);
            return jpeg.length;
        }
        for (int y = 0; y < format.height(); y++) {
            for (int x = 0; x < format.width(); x++) {
                pixel(layout, target, x, y, rgb(x, y));
            }
        }
        return layout.bytes();
    }

    private static void pixel(FrameLayout layout, ByteBuffer target, int x, int y, int rgb) {
        int row = layout.offset(0) + y * layout.stride(0);
        switch (layout.pixels()) {
            case YUYV -> {
                target.put(row + 2 * x, luma(rgb));
                target.put(row + 2 * x + 1, x % 2 == 0 ? blueness(rgb) : redness(rgb));
            }
            case BGR24 -> {
                target.put(row + 3 * x, (byte) rgb);
                target.put(row + 3 * x + 1, (byte) (rgb >> 8));
                target.put(row + 3 * x + 2, (byte) (rgb >> 16));
            }
            case YU12 -> {
                target.put(row + x, luma(rgb));
                target.put(layout.offset(1) + y / 2 * layout.stride(1) + x / 2, blueness(rgb));
                target.put(layout.offset(2) + y / 2 * layout.stride(2) + x / 2, redness(rgb));
            }
            case NV12 -> {
                target.put(row + x, luma(rgb));
                int pair = layout.offset(1) + y / 2 * layout.stride(1) + x / 2 * 2;
                target.put(pair, blueness(rgb));
                target.put(pair + 1, redness(rgb));
            }
            case MJPEG -> throw new IllegalStateException("a JPEG has no pixels in memory");
        }
    }

    /** A body with a lens to its right, in the middle, half as wide as the picture's smaller side. */
    private int rgb(int x, int y) {
        double unit = Math.min(format.width(), format.height()) / 16.0;
        double right = (x - format.width() / 2.0) / unit;
        double down = Math.abs(y - format.height() / 2.0) / unit;
        boolean body = right >= -4 && right < 1.5 && down < 2.2;
        boolean lens = right >= 1.8 && right < 4 && down < 0.5 + (right - 1.8) * 0.7;
        return body || lens ? CAMERA : GROUND;
    }

    // BT.601, studio range, in 1/256
    private static byte luma(int rgb) {
        return (byte) (16 + (66 * red(rgb) + 129 * green(rgb) + 25 * blue(rgb) + 128) / 256);
    }

    private static byte blueness(int rgb) {
        return (byte) (128 + (-38 * red(rgb) - 74 * green(rgb) + 112 * blue(rgb) + 128) / 256);
    }

    private static byte redness(int rgb) {
        return (byte) (128 + (112 * red(rgb) - 94 * green(rgb) - 18 * blue(rgb) + 128) / 256);
    }

    private static int red(int rgb) {
        return (rgb >> 16) & 255;
    }

    private static int green(int rgb) {
        return (rgb >> 8) & 255;
    }

    private static int blue(int rgb) {
        return rgb & 255;
    }

    private byte[] encode() {
        BufferedImage image = new BufferedImage(format.width(), format.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < format.height(); y++) {
            for (int x = 0; x < format.width(); x++) {
                image.setRGB(x, y, rgb(x, y));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
