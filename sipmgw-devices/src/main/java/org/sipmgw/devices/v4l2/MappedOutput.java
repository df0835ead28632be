package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.Mapping;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/** Frames by memory-mapped buffers, which readers map too: one copy on our side, none in the kernel. */
final class MappedOutput implements FrameOutput {
    private final DeviceFile file;
    private final FrameLayout layout;
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final Structure buffer = new Structure(V4l2Layout.BUFFER);
    private final Structure type = new Structure(Integer.BYTES);
    private final int capacity;
    private int next;
    private int shown = -1;
    private int shownBytes;

    private MappedOutput(DeviceFile file, FrameLayout layout, int wanted) {
        this.file = file;
        this.layout = layout;
        type.setInt(0, V4l2Layout.TYPE_OUTPUT);
        Structure request = new Structure(V4l2Layout.REQUEST)
                .setInt(V4l2Layout.REQUEST_COUNT, wanted)
                .setInt(V4l2Layout.REQUEST_TYPE, V4l2Layout.TYPE_OUTPUT)
                .setInt(V4l2Layout.REQUEST_MEMORY, V4l2Layout.MEMORY_MMAP);
        file.call(V4l2Layout.REQBUFS, request);
        int granted = request.intAt(V4l2Layout.REQUEST_COUNT);
        if (granted < 1) {
            throw new DeviceException(file.name(), V4l2Layout.REQBUFS.name(), "no buffer was granted");
        }
        int least = Integer.MAX_VALUE;
        for (int index = 0; index < granted; index++) {
            least = Math.min(least, map(index));
        }
        capacity = least;
    }

    /**
     * Maps the buffers of a device whose format is set, and starts it.
     *
     * @throws DeviceException when the device refuses; nothing stays mapped then
     */
    static MappedOutput open(DeviceFile file, FrameLayout layout, int wanted) {
        MappedOutput output = new MappedOutput(file, layout, wanted);
        try {
            file.call(V4l2Layout.STREAMON, output.type);
            return output;
        } catch (DeviceException e) {
            output.unmap();
            throw e;
        }
    }

    private int map(int index) {
        try {
            describe(index, 0);
            file.call(V4l2Layout.QUERYBUF, buffer);
            int length = buffer.intAt(V4l2Layout.BUFFER_LENGTH);
            Mapping mapping = file.map(length, Integer.toUnsignedLong(buffer.intAt(V4l2Layout.BUFFER_OFFSET)));
            mappings.add(mapping);
            buffers.add(mapping.bytes());
            return length;
        } catch (DeviceException e) {
            unmap();
            throw e;
        }
    }

    private void describe(int index, int bytes) {
        buffer.clear()
                .setInt(V4l2Layout.BUFFER_INDEX, index)
                .setInt(V4l2Layout.BUFFER_TYPE, V4l2Layout.TYPE_OUTPUT)
                .setInt(V4l2Layout.BUFFER_USED, bytes)
                .setInt(V4l2Layout.BUFFER_FIELD, V4l2Layout.FIELD_NONE)
                .setInt(V4l2Layout.BUFFER_MEMORY, V4l2Layout.MEMORY_MMAP);
    }

    @Override
    public FrameLayout layout() {
        return layout;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ByteBuffer free() {
        return buffers.get(next);
    }

    @Override
    public int show(int bytes) {
        int answer = queue(next, bytes);
        if (answer >= 0) {
            shown = next;
            shownBytes = bytes;
            next = (next + 1) % buffers.size();
        }
        return answer;
    }

    /** The buffer shown before still holds its frame and goes to the readers again, without a copy. */
    @Override
    public int repeat() {
        return shown < 0 ? 0 : queue(shown, shownBytes);
    }

    /**
     * Buffers go round in our own order. v4l2loopback to 0.12 gives back the buffer that was queued last, which readers are
     * looking at; so what it gives back is taken from it and not believed.
     */
    private int queue(int index, int bytes) {
        describe(index, bytes);
        int answer = file.tryCall(V4l2Layout.QBUF, buffer);
        if (answer < 0) {
            return answer;
        }
        describe(index, 0);
        answer = file.tryCall(V4l2Layout.DQBUF, buffer);
        return answer == -Errno.EAGAIN ? 0 : answer;
    }

    private void unmap() {
        mappings.forEach(Mapping::close);
    }

    @Override
    public void close() {
        file.tryCall(V4l2Layout.STREAMOFF, type);
        unmap();
        file.close();
    }
}
