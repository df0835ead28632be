package org.sipmgw.examples;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A small line plot as SVG. Not thread-safe. */
final class DemoPlot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 180;
    private static final int LEFT = 60;
    private static final int TOP = 28;
    private static final List<String> COLOURS = List.of("#1565c0", "#c62828", "#2e7d32", "#ef6c00");

    private final String title;
    private final Map<String, double[]> lines = new LinkedHashMap<>();
    private double highest;

    /** With at least {@code highest} at the top. */
    DemoPlot(String title, double highest) {
        this.title = title;
        this.highest = highest;
    }

    void line(String name, double[] values) {
        lines.put(name, values);
        highest = Math.max(highest, Arrays.stream(values).max().orElse(0) * 1.1);
    }

    String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox='0 0 %d %d' font-family='sans-serif' font-size='13'><text x='8' y='18'>%s</text>",
                WIDTH,
                HEIGHT,
                title));
        double top = highest <= 0 ? 1 : highest;
        for (int i = 0; i <= 2; i++) {
            double y = y(top * i / 2, top);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/><text x='8' y='%.1f'>%.4g</text>",
                    LEFT,
                    WIDTH - 8,
                    y,
                    y,
                    y + 4,
                    top * i / 2));
        }
        int number = 0;
        for (Map.Entry<String, double[]> line : lines.entrySet()) {
            String colour = COLOURS.get(number % COLOURS.size());
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x='%d' y='18' fill='%s'>%s</text><polyline fill='none' stroke='%s' stroke-width='2' points='",
                    250 + 170 * number++,
                    colour,
                    line.getKey(),
                    colour));
            double[] values = line.getValue();
            for (int i = 0; i < values.length; i++) {
                double x = LEFT + (WIDTH - 8.0 - LEFT) * i / Math.max(1, values.length - 1);
                svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(values[i], top)));
            }
            svg.append("'/>");
        }
        return svg.append("</svg>").toString();
    }

    private static double y(double value, double top) {
        return HEIGHT - 14 - (HEIGHT - 14.0 - TOP) * value / top;
    }
}
