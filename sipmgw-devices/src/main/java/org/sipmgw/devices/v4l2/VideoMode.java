package org.sipmgw.devices.v4l2;

import java.util.ArrayList;
import java.util.List;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.Structure;

/**
 * Something a device offers: a format with its sizes and rates. Where a device takes any size between two, the least and
 * greatest stand here, else both are the same.
 *
 * @param fourcc the format's four letters
 * @param description the driver's words
 * @param minWidth pixels
 * @param minHeight pixels
 * @param maxWidth pixels
 * @param maxHeight pixels
 * @param framesPerSecond the rates at the greatest size; for a range its least and greatest; empty when the driver tells none
 */
public record VideoMode(
        String fourcc,
        String description,
        int minWidth,
        int minHeight,
        int maxWidth,
        int maxHeight,
        List<Double> framesPerSecond) {
    /** Enough for every camera; a driver that never ends its list must not keep us. */
    private static final int MOST = 256;

    /** All modes of an open device. */
    static List<VideoMode> list(DeviceFile file, int type) {
        List<VideoMode> modes = new ArrayList<>();
        Structure description = new Structure(V4l2Layout.DESCRIPTION);
        for (int index = 0; index < MOST; index++) {
            description.clear().setInt(0, index).setInt(4, type);
            if (file.tryCall(V4l2Layout.ENUM_FMT, description) < 0) {
                break;
            }
            sizes(
                    file,
                    description.intAt(V4l2Layout.DESCRIPTION_FOURCC),
                    description.textAt(V4l2Layout.DESCRIPTION_TEXT, 32),
                    modes);
        }
        return List.copyOf(modes);
    }

    private static void sizes(DeviceFile file, int fourcc, String description, List<VideoMode> modes) {
        Structure sizes = new Structure(V4l2Layout.SIZES);
        for (int index = 0; index < MOST; index++) {
            sizes.clear().setInt(0, index).setInt(V4l2Layout.SIZES_FOURCC, fourcc);
            if (file.tryCall(V4l2Layout.ENUM_FRAMESIZES, sizes) < 0) {
                break;
            }
            int first = V4l2Layout.SIZES_FIRST;
            boolean discrete = sizes.intAt(V4l2Layout.SIZES_KIND) == V4l2Layout.KIND_DISCRETE;
            int minWidth = sizes.intAt(first);
            int minHeight = sizes.intAt(first + (discrete ? 4 : 12));
            int maxWidth = discrete ? minWidth : sizes.intAt(first + 4);
            int maxHeight = discrete ? minHeight : sizes.intAt(first + 16);
            List<Double> rates = rates(file, fourcc, maxWidth, maxHeight);
            modes.add(new VideoMode(
                    PixelFormat.letters(fourcc), description, minWidth, minHeight, maxWidth, maxHeight, rates));
            if (!discrete) {
                break;
            }
        }
    }

    private static List<Double> rates(DeviceFile file, int fourcc, int width, int height) {
        List<Double> rates = new ArrayList<>();
        Structure intervals = new Structure(V4l2Layout.INTERVALS);
        for (int index = 0; index < MOST; index++) {
            intervals
                    .clear()
                    .setInt(0, index)
                    .setInt(V4l2Layout.INTERVALS_FOURCC, fourcc)
                    .setInt(V4l2Layout.INTERVALS_WIDTH, width)
                    .setInt(V4l2Layout.INTERVALS_HEIGHT, height);
            if (file.tryCall(V4l2Layout.ENUM_FRAMEINTERVALS, intervals) < 0) {
                break;
            }
            int first = V4l2Layout.INTERVALS_FIRST;
            if (intervals.intAt(V4l2Layout.INTERVALS_KIND) == V4l2Layout.KIND_DISCRETE) {
                rates.add(rate(intervals, first));
            } else {
                rates.add(rate(intervals, first + 8));
                rates.add(rate(intervals, first));
                break;
            }
        }
        return List.copyOf(rates);
    }

    private static double rate(Structure intervals, int offset) {
        return intervals.intAt(offset + 4) / (double) Math.max(1, intervals.intAt(offset));
    }
}
