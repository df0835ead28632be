package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;

/** An opened loopback device that frames go to. One thread at a time; errors are negative error numbers, nothing is thrown. */
interface FrameOutput extends AutoCloseable {

    /** How raw frames lie in {@link #free}. */
    FrameLayout layout();

    /** Bytes a frame may have. */
    int capacity();

    /** The memory of the next frame, which no reader sees yet. */
    ByteBuffer free();

    /** Shows what lies in {@link #free}: 0 or an error. */
    int show(int bytes);

    /** Shows the frame before again: 0 or an error. */
    int repeat();

    @Override
    void close();
}
