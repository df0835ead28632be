package org.sipmgw.spi;

import java.nio.ByteBuffer;

/**
 * A camera of the kernel that one browser alone takes for its own. It shows a still picture until the first frame, keeps its
 * size and its rate whatever comes, and outlives its device: frames are dropped while that is away. Closing twice is allowed.
 */
public interface CameraPort extends AutoCloseable {

    /** The name under which a browser shows it to pages. */
    String label();

    /** What it is now, for people: {@code /dev/video2}. */
    String device();

    /** Pixels. */
    int width();

    /** Pixels. */
    int height();

    /**
     * Shows a frame; for one thread, returns at once, allocates nothing, never throws. After the end it does nothing.
     *
     * @param i420 a direct buffer: the planes Y, U and V of {@link #width} times {@link #height} without gaps, from
     *     index 0
     */
    void frame(ByteBuffer i420);

    /** Shows the still picture again until the next frame. */
    void still();

    @Override
    void close();
}
