package org.sipmgw.media.capture;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.media.gst.FrameBuffers;
import org.sipmgw.media.gst.FrameInput;
import org.sipmgw.media.x11.DisplayDevice;
import org.sipmgw.media.x11.FrameComparison;
import org.sipmgw.media.x11.SharedMemory;
import org.sipmgw.spi.DisplayPort;

/**
 * A display's frames in shared memory: the X server writes a frame into a slot, it is compared where it lies with the one
 * handed on before, and handed to the encoder by reference. Nothing is copied or allocated per frame. For one thread,
 * {@link #interrupt()} excepted.
 */
final class GrabbedFrames implements AutoCloseable {

    static final int NO_SLOT_FREE = -1;
    static final int DISPLAY_GONE = -2;

    /** One being converted, one waiting, one to grab into, and one to spare. */
    private static final int SLOTS = 4;

    private final DisplayDevice device;
    private final SharedMemory memory;
    private final FrameBuffers buffers;
    private int before = -1;

    GrabbedFrames(DisplayPort display, AtomicInteger live) {
        Optional<Path> authority =
                Optional.ofNullable(display.environment().get("XAUTHORITY")).map(Path::of);
        device = new DisplayDevice(display.name(), authority, live);
        SharedMemory shared = null;
        try {
            shared = new SharedMemory((long) device.frameBytes() * SLOTS, live);
            device.attach(shared);
        } catch (RuntimeException e) {
            if (shared != null) {
                shared.close();
            }
            device.close();
            throw e;
        }
        memory = shared;
        buffers = new FrameBuffers(memory.address(), device.frameBytes(), SLOTS, live);
    }

    int width() {
        return device.width();
    }

    int height() {
        return device.height();
    }

    /** Grabs a frame; returns its slot, {@link #NO_SLOT_FREE} or {@link #DISPLAY_GONE}. */
    int grab() {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slot != before && buffers.free(slot)) {
                return device.grab(slot * device.frameBytes()) ? slot : DISPLAY_GONE;
            }
        }
        return NO_SLOT_FREE;
    }

    /** Whether the frame equals the one handed on before. */
    boolean sameAsBefore(int slot) {
        return before >= 0 && FrameComparison.same(address(before), address(slot), device.frameBytes());
    }

    /** Hands the frame to the encoder. */
    boolean push(int slot, FrameInput input, long ptsNs, long durationNs) {
        before = slot;
        return input.push(buffers, slot, ptsNs, durationNs);
    }

    /** Ends a {@link #grab} that hangs; from any thread. */
    void interrupt() {
        device.interrupt();
    }

    @Override
    public void close() {
        buffers.close();
        device.close();
        memory.close();
    }

    private long address(int slot) {
        return memory.address() + (long) slot * device.frameBytes();
    }
}
