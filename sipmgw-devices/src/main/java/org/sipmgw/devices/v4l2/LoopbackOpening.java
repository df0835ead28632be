package org.sipmgw.devices.v4l2;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.DeviceHolder;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/**
 * Opens a loopback device for writing: takes its lock, sets the format, makes the buffers. What fails leaves nothing open.
 *
 * @param format what it shows
 * @param mapped by mapped buffers, else by write(2)
 * @param buffers how many mapped ones are asked for; the module grants its {@code max_buffers} at most, 2 by default
 */
record LoopbackOpening(KernelCalls kernel, VideoFormat format, boolean mapped, int buffers) {

    /** @throws DeviceException naming the call that failed, or who holds the device */
    FrameOutput open(Path path) {
        DeviceFile file = locked(path);
        try {
            if (!takesPictures(file) && heldByUsAlone(path)) {
                release(file);
                file.close();
                file = locked(path);
            }
            requirePictures(file, path);
            return started(file);
        } catch (DeviceException e) {
            file.close();
            throw e;
        }
    }

    private DeviceFile locked(Path path) {
        DeviceFile file = DeviceFile.open(kernel, path, KernelCalls.READ_WRITE | KernelCalls.NON_BLOCKING);
        try {
            if (!file.tryLock()) {
                throw new DeviceException(path.toString(), "flock", "taken by " + holders(path));
            }
            V4l2Layout.check(file, V4l2Layout.TYPE_OUTPUT);
            return file;
        } catch (DeviceException e) {
            file.close();
            throw e;
        }
    }

    private FrameOutput started(DeviceFile file) {
        releaseFormat(file);
        Structure set = setFormat(file);
        setRate(file);
        FrameLayout layout = layout(set);
        return mapped
                ? MappedOutput.open(file, layout, buffers)
                : new WrittenOutput(file, layout, set.intAt(V4l2Layout.FORMAT_BYTES));
    }

    private static String holders(Path path) {
        List<DeviceHolder> holders = DeviceHolder.of(path);
        return holders.isEmpty()
                ? "another user's process"
                : holders.stream().map(DeviceHolder::toString).collect(Collectors.joining(", "));
    }

    private static boolean takesPictures(DeviceFile file) {
        Structure capability = new Structure(V4l2Layout.CAPABILITY);
        file.call(V4l2Layout.QUERYCAP, capability);
        return (VideoNodes.capabilities(capability) & V4l2Layout.CAN_OUTPUT) != 0;
    }

    private static void requirePictures(DeviceFile file, Path path) {
        if (!takesPictures(file)) {
            throw new DeviceException(
                    path.toString(),
                    V4l2Layout.QUERYCAP.name(),
                    "takes no pictures now: another program writes to it, or it is a real camera; open in "
                            + holders(path));
        }
    }

    private Structure setFormat(DeviceFile file) {
        PixelFormat pixels = format.pixels();
        Structure wish = new Structure(V4l2Layout.FORMAT)
                .setInt(V4l2Layout.FORMAT_TYPE, V4l2Layout.TYPE_OUTPUT)
                .setInt(V4l2Layout.FORMAT_WIDTH, format.width())
                .setInt(V4l2Layout.FORMAT_HEIGHT, format.height())
                .setInt(V4l2Layout.FORMAT_FOURCC, pixels.fourcc())
                .setInt(V4l2Layout.FORMAT_FIELD, V4l2Layout.FIELD_NONE)
                .setInt(V4l2Layout.FORMAT_STRIDE, pixels.rowBytes(0, format.width()))
                .setInt(V4l2Layout.FORMAT_BYTES, format.width() * format.height() * 2)
                .setInt(
                        V4l2Layout.FORMAT_COLORSPACE,
                        pixels == PixelFormat.BGR24 || pixels.compressed()
                                ? V4l2Layout.COLORSPACE_SRGB
                                : V4l2Layout.COLORSPACE_SMPTE170M);
        file.call(V4l2Layout.S_FMT, wish);
        int width = wish.intAt(V4l2Layout.FORMAT_WIDTH);
        int height = wish.intAt(V4l2Layout.FORMAT_HEIGHT);
        int fourcc = wish.intAt(V4l2Layout.FORMAT_FOURCC);
        if (width != format.width() || height != format.height() || fourcc != pixels.fourcc()) {
            throw new DeviceException(
                    file.name(),
                    V4l2Layout.S_FMT.name(),
                    "keeps " + PixelFormat.letters(fourcc) + " " + width + "x" + height + " instead of " + format
                            + ": a reader holds it to that, or the module's max_width/max_height");
        }
        return wish;
    }

    private FrameLayout layout(Structure set) {
        int stride = set.intAt(V4l2Layout.FORMAT_STRIDE);
        int row = format.pixels().rowBytes(0, format.width());
        return FrameLayout.strided(format.pixels(), format.width(), format.height(), Math.max(stride, row));
    }

    /** For readers that ask; a device without rates does not need it. */
    private void setRate(DeviceFile file) {
        file.tryCall(
                V4l2Layout.S_PARM,
                new Structure(V4l2Layout.PARAMETERS)
                        .setInt(0, V4l2Layout.TYPE_OUTPUT)
                        .setInt(V4l2Layout.PARAMETERS_NUMERATOR, 1)
                        .setInt(V4l2Layout.PARAMETERS_DENOMINATOR, format.framesPerSecond()));
    }

    private static boolean heldByUsAlone(Path path) {
        long self = ProcessHandle.current().pid();
        return DeviceHolder.of(path).stream().allMatch(holder -> holder.pid() == self);
    }

    /**
     * Makes a device with {@code exclusive_caps} writable again when the file is closed. v4l2loopback to 0.12 forgets that when
     * a writer by write(2) ends; who has asked to stream counts as a writer at the end.
     */
    static void release(DeviceFile file) {
        releaseFormat(file);
        file.tryCall(V4l2Layout.STREAMON, new Structure(Integer.BYTES).setInt(0, V4l2Layout.TYPE_OUTPUT));
    }

    /** Takes back a format that another writer wanted kept. Only v4l2loopback knows this; others refuse. */
    private static void releaseFormat(DeviceFile file) {
        file.tryCall(V4l2Layout.S_CTRL, new Structure(V4l2Layout.CONTROL).setInt(0, V4l2Layout.CONTROL_KEEP_FORMAT));
    }
}
