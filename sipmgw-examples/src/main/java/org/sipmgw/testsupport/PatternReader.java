package org.sipmgw.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds {@link Pattern}s in the brightness of a picture, at any place and size from about 100 pixels of width on: it
 * looks for their clock tracks. Where a pattern was found, it looks first the next time. Not thread-safe.
 */
public final class PatternReader {

    private static final int LEAST_CONTRAST = 60;
    private static final double[] STRETCHES = {1.0, 0.95, 1.05, 0.9, 1.1};

    private List<Track> known = List.of();

    /** A picture's brightness, one byte per pixel. */
    private record Picture(byte[] luma, int stride, int width, int height) {
        int at(int x, int y) {
            return luma[y * stride + x] & 255;
        }
    }

    /** A clock track: x of its left edge, pixels per cell, a line that crosses it, and what counts as white. */
    private record Track(double left, double cell, int line, int threshold) {
        int patternX() {
            return (int) Math.round(left - cell * PatternCode.MARGIN / PatternCode.CELL_WIDTH);
        }

        int patternWidth() {
            return (int) Math.round(cell / PatternCode.CELL_WIDTH);
        }
    }

    /** The pattern of {@code sender} in the picture, if it can be read. */
    public Optional<PatternReading> read(int sender, byte[] luma, int width, int height) {
        Picture picture = new Picture(luma, width, width, height);
        return of(sender, again(picture)).or(() -> of(sender, search(picture)));
    }

    private static Optional<PatternReading> of(int sender, List<PatternReading> readings) {
        return readings.stream().filter(reading -> reading.sender() == sender).findFirst();
    }

    /** All patterns that can be read. */
    public List<PatternReading> read(byte[] luma, int stride, int width, int height) {
        return search(new Picture(luma, stride, width, height));
    }

    /** Looks where patterns were found the last time. */
    private List<PatternReading> again(Picture picture) {
        List<PatternReading> readings = new ArrayList<>();
        for (Track track : known) {
            if (track.line < picture.height && track.left + track.cell * PatternCode.COLUMNS <= picture.width) {
                decode(picture, track).ifPresent(readings::add);
            }
        }
        return readings;
    }

    private List<PatternReading> search(Picture picture) {
        List<PatternReading> readings = new ArrayList<>();
        List<Track> tracks = new ArrayList<>();
        for (int y = 1; y < picture.height; y += 3) {
            for (Track track : ClockTracks.on(picture, y)) {
                Optional<PatternReading> reading = decode(picture, track);
                if (reading.isPresent() && !readings.contains(reading.get()) && isNew(readings, reading.get())) {
                    readings.add(reading.get());
                    tracks.add(track);
                }
            }
        }
        known = tracks;
        return readings;
    }

    private static boolean isNew(List<PatternReading> readings, PatternReading reading) {
        return readings.stream()
                .noneMatch(r -> r.sender() == reading.sender() && Math.abs(r.x() - reading.x()) < r.width() / 8);
    }

    private static Optional<PatternReading> decode(Picture picture, Track track) {
        OptionalInt top = top(picture, track);
        if (top.isEmpty()) {
            return Optional.empty();
        }
        for (double stretch : STRETCHES) {
            double row = track.cell * PatternCode.ROW_HEIGHT / PatternCode.CELL_WIDTH * stretch;
            long bits = 0;
            for (int r = 1; r < PatternCode.ROWS; r++) {
                double y = top.getAsInt() + (r + 0.5) * row;
                for (int c = 0; c < PatternCode.COLUMNS; c++) {
                    double x = track.left + (c + 0.5) * track.cell;
                    bits = bits << 1 | (mean(picture, x, y, track.cell / 4, row / 4) > track.threshold ? 1 : 0);
                }
            }
            if (PatternCode.valid(bits)) {
                return Optional.of(new PatternReading(
                        PatternCode.sender(bits), PatternCode.frame(bits), track.patternX(), track.patternWidth()));
            }
        }
        return Optional.empty();
    }

    /** The clock track's upper edge: up from its line until its black cells have become the white margin. */
    private static OptionalInt top(Picture picture, Track track) {
        int limit = (int) Math.ceil(track.line - track.cell);
        for (int y = track.line; y >= Math.max(0, limit); y--) {
            int black = 0;
            for (int column = 0; column < PatternCode.COLUMNS; column += 2) {
                int x = (int) (track.left + (column + 0.5) * track.cell);
                black += x >= 0 && x < picture.width && picture.at(x, y) <= track.threshold ? 1 : 0;
            }
            if (black < 3) {
                return OptionalInt.of(y + 1);
            }
        }
        return OptionalInt.empty();
    }

    private static int mean(Picture picture, double x, double y, double dx, double dy) {
        int fromX = Math.max(0, (int) Math.floor(x - dx));
        int toX = Math.min(picture.width - 1, (int) Math.ceil(x + dx) - 1);
        int fromY = Math.max(0, (int) Math.floor(y - dy));
        int toY = Math.min(picture.height - 1, (int) Math.ceil(y + dy) - 1);
        int sum = 0;
        int count = 0;
        for (int row = fromY; row <= Math.max(fromY, toY) && row < picture.height; row++) {
            for (int column = fromX; column <= Math.max(fromX, toX) && column < picture.width; column++) {
                sum += picture.at(column, row);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Finds clock tracks on one line: fifteen runs of about equal length, black first, between white. */
    private static final class ClockTracks {

        private static final int NEEDED = PatternCode.COLUMNS;

        static List<Track> on(Picture picture, int y) {
            int low = 255;
            int high = 0;
            for (int x = 0; x < picture.width; x++) {
                int value = picture.at(x, y);
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            if (high - low < LEAST_CONTRAST) {
                return List.of();
            }
            return runs(picture, y, (low + high) / 2);
        }

        private static List<Track> runs(Picture picture, int y, int threshold) {
            int[] edges = new int[picture.width + 1];
            int count = 0;
            boolean white = picture.at(0, y) > threshold;
            boolean startsWhite = white;
            for (int x = 1; x < picture.width; x++) {
                boolean now = picture.at(x, y) > threshold;
                if (now != white) {
                    edges[count++] = x;
                    white = now;
                }
            }
            List<Track> tracks = new ArrayList<>();
            // edge e begins a black run when the line began white and e is even, or the other way round
            for (int e = startsWhite ? 0 : 1; e + NEEDED < count; e += 2) {
                double cell = (edges[e + NEEDED] - edges[e]) / (double) NEEDED;
                if (cell >= 5 && even(edges, e, cell)) {
                    tracks.add(new Track(edges[e], cell, y, threshold));
                }
            }
            return tracks;
        }

        private static boolean even(int[] edges, int first, double cell) {
            double tolerance = Math.max(2, cell * 0.3);
            for (int i = 1; i < NEEDED; i++) {
                if (Math.abs(edges[first + i] - edges[first] - i * cell) > tolerance) {
                    return false;
                }
            }
            return true;
        }
    }
}
