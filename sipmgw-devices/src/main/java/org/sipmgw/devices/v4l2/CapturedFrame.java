package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;

/** Takes captured frames. */
@FunctionalInterface
public interface CapturedFrame {
    /**
     * A frame, in the device's own memory and there only until this returns.
     *
     * @param pixels where it lies, from 0; the same few buffers again and again
     * @param bytes its length
     * @param timestampUs when it was taken, microseconds of the monotonic clock
     * @param sequence the driver's count; gaps are frames that nobody fetched in time
     */
    void frame(ByteBuffer pixels, int bytes, long timestampUs, long sequence);
}
