package org.sipmgw.testsupport;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A moving test picture that says who sends it and which frame it is, in large black and white blocks that survive
 * scaling and strong compression, and for people in words. {@link PatternReader} reads it wherever it stands in
 * another picture. Not thread-safe.
 */
public final class Pattern {

    private final int sender;
    private final String label;
    private final int width;
    private final int height;
    private final int frameRate;
    private final BufferedImage canvas;

    /**
     * @param sender who sends, 0 to 15
     * @param label who sends, for people
     * @param width pixels, even, at least 160
     * @param height pixels, even, at least 90
     * @param frameRate frames per second, for the clock in the picture
     */
    public Pattern(int sender, String label, int width, int height, int frameRate) {
        if (sender < 0 || sender > 15 || width < 160 || height < 90 || (width | height) % 2 != 0 || frameRate < 1) {
            throw new IllegalArgumentException("sender 0 to 15, even size from 160x90, frame rate from 1");
        }
        this.sender = sender;
        this.label = label;
        this.width = width;
        this.height = height;
        this.frameRate = frameRate;
        this.canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }

    /** Pixels. */
    public int width() {
        return width;
    }

    /** Pixels. */
    public int height() {
        return height;
    }

    /** Frames per second. */
    public int frameRate() {
        return frameRate;
    }

    /** Bytes of one I420 frame. */
    public int frameBytes() {
        return width * height * 3 / 2;
    }

    /** Draws frame {@code frame} (0 to 2^24 - 1) as I420: planes Y, U, V without padding. */
    public void draw(long frame, byte[] i420) {
        if (i420.length < frameBytes()) {
            throw new IllegalArgumentException(i420.length + " bytes are too few for " + frameBytes());
        }
        BufferedImage image = image(frame);
        I420.fromRgb(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), width, height, i420);
    }

    /** Draws frame {@code frame}; the image is reused by the next call. */
    public BufferedImage image(long frame) {
        Graphics2D g = canvas.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            scene(g, frame);
            words(g, frame);
            code(g, PatternCode.encode(sender, frame & 0xFFFFFF));
        } finally {
            g.dispose();
        }
        return canvas;
    }

    private int codeTop() {
        return height - (int) Math.round(width * (PatternCode.ROWS * PatternCode.ROW_HEIGHT + 2 * PatternCode.MARGIN));
    }

    private void scene(Graphics2D g, long frame) {
        float hue = (sender * 0.37f) % 1;
        int top = codeTop();
        int bars = 12;
        for (int bar = 0; bar < bars; bar++) {
            float light = 0.25f + 0.35f * (float) Math.abs(Math.sin(bar * 0.5 + frame * 0.02));
            g.setColor(Color.getHSBColor((hue + bar * 0.012f) % 1, 0.65f, light));
            int from = bar * width / bars;
            g.fillRect(from, 0, (bar + 1) * width / bars - from, top);
        }
        double radius = top * 0.14;
        double seconds = frame / (double) frameRate;
        double x = width * (0.5 + 0.4 * Math.sin(seconds * 1.3));
        double y = top * (0.45 + 0.25 * Math.sin(seconds * 2.1));
        g.setColor(Color.getHSBColor((hue + 0.5f) % 1, 0.8f, 0.95f));
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        double clock = top * 0.3;
        g.setColor(new Color(255, 255, 255, 90));
        g.fill(new Ellipse2D.Double(width - clock * 1.4, top * 0.1, clock, clock));
        g.setColor(Color.WHITE);
        g.fill(new Arc2D.Double(width - clock * 1.4, top * 0.1, clock, clock, 90, -360 * (seconds % 1), Arc2D.PIE));
    }

    private void words(Graphics2D g, long frame) {
        int top = codeTop();
        g.setColor(Color.WHITE);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, Math.max(10, width / 18)));
        g.drawString(label, width / 32, top / 4);
        g.setFont(new Font(Font.MONOSPACED, Font.BOLD, Math.max(10, width / 16)));
        long second = frame / frameRate;
        g.drawString(
                String.format("%02d:%02d.%02d  #%d", second / 60, second % 60, frame % frameRate, frame),
                width / 32,
                top - top / 12);
    }

    private void code(Graphics2D g, long bits) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        int top = codeTop();
        g.setColor(Color.WHITE);
        g.fillRect(0, top, width, height - top);
        double left = width * PatternCode.MARGIN;
        double first = top + width * PatternCode.MARGIN;
        g.setColor(Color.BLACK);
        for (int row = 0; row < PatternCode.ROWS; row++) {
            int y = (int) Math.round(first + row * width * PatternCode.ROW_HEIGHT);
            int bottom = (int) Math.round(first + (row + 1) * width * PatternCode.ROW_HEIGHT);
            for (int column = 0; column < PatternCode.COLUMNS; column++) {
                if (!PatternCode.white(bits, row, column)) {
                    int x = (int) Math.round(left + column * width * PatternCode.CELL_WIDTH);
                    int right = (int) Math.round(left + (column + 1) * width * PatternCode.CELL_WIDTH);
                    g.fillRect(x, y, right - x, bottom - y);
                }
            }
        }
    }
}
