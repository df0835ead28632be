package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.Structure;

/** Frames by write(2): the kernel copies each once more. For drivers whose mapped buffers do not work. */
final class WrittenOutput implements FrameOutput {
    private final DeviceFile file;
    private final FrameLayout layout;
    private final Structure frame;
    private final Structure last;
    private int lastBytes;

    WrittenOutput(DeviceFile file, FrameLayout layout, int capacity) {
        this.file = file;
        this.layout = layout;
        this.frame = new Structure(capacity);
        this.last = new Structure(capacity);
    }

    @Override
    public FrameLayout layout() {
        return layout;
    }

    @Override
    public int capacity() {
        return frame.size();
    }

    @Override
    public ByteBuffer free() {
        return frame.bytes();
    }

    @Override
    public int show(int bytes) {
        int answer = write(frame, bytes);
        if (answer >= 0) {
            last.bytes().put(0, frame.bytes(), 0, bytes);
            lastBytes = bytes;
        }
        return answer;
    }

    @Override
    public int repeat() {
        return lastBytes == 0 ? 0 : write(last, lastBytes);
    }

    private int write(Structure from, int bytes) {
        long answer = file.write(from.address(), bytes);
        if (answer < 0) {
            return (int) answer;
        }
        return answer == bytes ? 0 : -Errno.EIO;
    }

    @Override
    public void close() {
        LoopbackOpening.release(file);
        file.close();
    }
}
