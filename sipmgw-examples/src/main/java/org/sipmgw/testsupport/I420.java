package org.sipmgw.testsupport;

import java.awt.image.BufferedImage;

/** Between RGB pictures and I420 (planes Y, U, V; BT.601, limited range). */
public final class I420 {

    private I420() {}

    /** Converts 0xRRGGBB pixels; width and height are even. */
    public static void fromRgb(int[] rgb, int width, int height, byte[] i420) {
        int u = width * height;
        int v = u + u / 4;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int p = rgb[y * width + x];
                int r = p >> 16 & 255;
                int g = p >> 8 & 255;
                int b = p & 255;
                i420[y * width + x] = (byte) (((66 * r + 129 * g + 25 * b + 128) >> 8) + 16);
                if ((x & 1) == 0 && (y & 1) == 0) {
                    i420[u++] = (byte) (((-38 * r - 74 * g + 112 * b + 128) >> 8) + 128);
                    i420[v++] = (byte) (((112 * r - 94 * g - 18 * b + 128) >> 8) + 128);
                }
            }
        }
    }

    /** The picture for people. */
    public static BufferedImage toImage(byte[] i420, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int chromaWidth = (width + 1) / 2;
        int u = width * height;
        int v = u + chromaWidth * ((height + 1) / 2);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int c = 298 * ((i420[y * width + x] & 255) - 16);
                int chroma = y / 2 * chromaWidth + x / 2;
                int d = (i420[u + chroma] & 255) - 128;
                int e = (i420[v + chroma] & 255) - 128;
                int r = clamp((c + 409 * e + 128) >> 8);
                int g = clamp((c - 100 * d - 208 * e + 128) >> 8);
                int b = clamp((c + 516 * d + 128) >> 8);
                image.setRGB(x, y, r << 16 | g << 8 | b);
            }
        }
        return image;
    }

    /** The brightness of a picture, as the Y plane has it. */
    public static byte[] luma(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] row = new int[width];
        byte[] luma = new byte[width * height];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int p = row[x];
                luma[y * width + x] =
                        (byte) (((66 * (p >> 16 & 255) + 129 * (p >> 8 & 255) + 25 * (p & 255) + 128) >> 8) + 16);
            }
        }
        return luma;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
