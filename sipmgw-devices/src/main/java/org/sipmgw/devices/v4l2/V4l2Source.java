package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.devices.kernel.Mapping;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/**
 * A camera to take pictures from: real hardware, or a loopback device that another program writes to. For one thread; closing
 * is for that thread too.
 */
public final class V4l2Source implements AutoCloseable {
    private static final int BUFFERS = 4;

    private final DeviceFile file;
    private final VideoFormat format;
    private final FrameLayout layout;
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<ByteBuffer> pictures = new ArrayList<>();
    private final Structure buffer = new Structure(V4l2Layout.BUFFER);
    private final Structure type = new Structure(Integer.BYTES).setInt(0, V4l2Layout.TYPE_CAPTURE);

    private V4l2Source(DeviceFile file, VideoFormat format, FrameLayout layout) {
        this.file = file;
        this.format = format;
        this.layout = layout;
    }

    /** What a device offers. */
    public static List<VideoMode> modes(Path path) {
        try (DeviceFile file = DeviceFile.open(KernelCalls.running(), path, KernelCalls.READ_WRITE)) {
            return VideoMode.list(file, V4l2Layout.TYPE_CAPTURE);
        }
    }

    /**
     * Opens a camera and starts it.
     *
     * @param wish what it is asked for; {@link #format} tells what it gives instead
     * @throws DeviceException naming device, call and reason; also when it gives pixels that are not in {@link PixelFormat}
     */
    public static V4l2Source open(Path path, VideoFormat wish) {
        return open(KernelCalls.running(), path, wish);
    }

    static V4l2Source open(KernelCalls kernel, Path path, VideoFormat wish) {
        DeviceFile file = DeviceFile.open(kernel, path, KernelCalls.READ_WRITE | KernelCalls.NON_BLOCKING);
        V4l2Source source = null;
        try {
            V4l2Layout.check(file, V4l2Layout.TYPE_CAPTURE);
            source = negotiated(file, wish);
            source.start();
            return source;
        } catch (DeviceException e) {
            if (source != null) {
                source.mappings.forEach(Mapping::close);
            }
            file.close();
            throw e;
        }
    }

    private static V4l2Source negotiated(DeviceFile file, VideoFormat wish) {
        Structure set = new Structure(V4l2Layout.FORMAT)
                .setInt(V4l2Layout.FORMAT_TYPE, V4l2Layout.TYPE_CAPTURE)
                .setInt(V4l2Layout.FORMAT_WIDTH, wish.width())
                .setInt(V4l2Layout.FORMAT_HEIGHT, wish.height())
                .setInt(V4l2Layout.FORMAT_FOURCC, wish.pixels().fourcc())
                .setInt(V4l2Layout.FORMAT_FIELD, V4l2Layout.FIELD_NONE);
        file.call(V4l2Layout.S_FMT, set);
        int fourcc = set.intAt(V4l2Layout.FORMAT_FOURCC);
        PixelFormat pixels = PixelFormat.of(fourcc)
                .orElseThrow(() -> new DeviceException(
                        file.name(),
                        V4l2Layout.S_FMT.name(),
                        "gives " + PixelFormat.letters(fourcc) + " instead of " + wish));
        Structure rate = new Structure(V4l2Layout.PARAMETERS)
                .setInt(0, V4l2Layout.TYPE_CAPTURE)
                .setInt(V4l2Layout.PARAMETERS_NUMERATOR, 1)
                .setInt(V4l2Layout.PARAMETERS_DENOMINATOR, wish.framesPerSecond());
        int answer = file.tryCall(V4l2Layout.S_PARM, rate);
        int numerator = rate.intAt(V4l2Layout.PARAMETERS_NUMERATOR);
        int rounded =
                numerator <= 0 ? 0 : Math.round(rate.intAt(V4l2Layout.PARAMETERS_DENOMINATOR) / (float) numerator);
        int width = set.intAt(V4l2Layout.FORMAT_WIDTH);
        int height = set.intAt(V4l2Layout.FORMAT_HEIGHT);
        VideoFormat format = new VideoFormat(
                pixels, width, height, answer < 0 || rounded < 1 || rounded > 120 ? wish.framesPerSecond() : rounded);
        int stride = Math.max(set.intAt(V4l2Layout.FORMAT_STRIDE), pixels.rowBytes(0, width));
        return new V4l2Source(file, format, FrameLayout.strided(pixels, width, height, stride));
    }

    private void start() {
        Structure request = new Structure(V4l2Layout.REQUEST)
                .setInt(V4l2Layout.REQUEST_COUNT, BUFFERS)
                .setInt(V4l2Layout.REQUEST_TYPE, V4l2Layout.TYPE_CAPTURE)
                .setInt(V4l2Layout.REQUEST_MEMORY, V4l2Layout.MEMORY_MMAP);
        file.call(V4l2Layout.REQBUFS, request);
        int granted = request.intAt(V4l2Layout.REQUEST_COUNT);
        for (int index = 0; index < granted; index++) {
            describe(index);
            file.call(V4l2Layout.QUERYBUF, buffer);
            Mapping mapping = file.map(
                    buffer.intAt(V4l2Layout.BUFFER_LENGTH),
                    Integer.toUnsignedLong(buffer.intAt(V4l2Layout.BUFFER_OFFSET)));
            mappings.add(mapping);
            pictures.add(mapping.bytes());
        }
        for (int index = 0; index < granted; index++) {
            describe(index);
            file.call(V4l2Layout.QBUF, buffer);
        }
        file.call(V4l2Layout.STREAMON, type);
    }

    private void describe(int index) {
        buffer.clear()
                .setInt(V4l2Layout.BUFFER_INDEX, index)
                .setInt(V4l2Layout.BUFFER_TYPE, V4l2Layout.TYPE_CAPTURE)
                .setInt(V4l2Layout.BUFFER_MEMORY, V4l2Layout.MEMORY_MMAP);
    }

    /** What the camera gives. */
    public VideoFormat format() {
        return format;
    }

    /** How raw frames lie in the buffers. */
    public FrameLayout layout() {
        return layout;
    }

    /**
     * Waits for a frame and hands it over. Allocates nothing.
     *
     * @return whether there was one within the time; a frame that the driver calls damaged counts as none
     * @throws DeviceException when the camera is gone
     */
    public boolean next(int timeoutMs, CapturedFrame taker) {
        int events = file.poll(KernelCalls.READABLE, timeoutMs);
        if (events < 0) {
            throw file.failure("poll", -events);
        }
        if ((events & KernelCalls.READABLE) == 0) {
            if (events != 0) {
                throw file.failure("poll", Errno.ENODEV);
            }
            return false;
        }
        describe(0);
        int answer = file.tryCall(V4l2Layout.DQBUF, buffer);
        if (answer == -Errno.EAGAIN) {
            return false;
        }
        if (answer < 0) {
            throw file.failure(V4l2Layout.DQBUF.name(), -answer);
        }
        int index = buffer.intAt(V4l2Layout.BUFFER_INDEX);
        boolean good = (buffer.intAt(V4l2Layout.BUFFER_FLAGS) & V4l2Layout.BUFFER_FLAG_ERROR) == 0;
        try {
            if (good) {
                long timestampUs = buffer.longAt(V4l2Layout.BUFFER_SECONDS) * 1_000_000
                        + buffer.longAt(V4l2Layout.BUFFER_MICROSECONDS);
                taker.frame(
                        pictures.get(index),
                        buffer.intAt(V4l2Layout.BUFFER_USED),
                        timestampUs,
                        Integer.toUnsignedLong(buffer.intAt(V4l2Layout.BUFFER_SEQUENCE)));
            }
        } finally {
            describe(index);
            file.call(V4l2Layout.QBUF, buffer);
        }
        return good;
    }

    /** Stops the camera. Idempotent. */
    @Override
    public void close() {
        file.tryCall(V4l2Layout.STREAMOFF, type);
        mappings.forEach(Mapping::close);
        file.close();
    }
}
