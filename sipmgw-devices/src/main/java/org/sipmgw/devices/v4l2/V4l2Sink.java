package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipmgw.devices.kernel.DeviceHolder;

/**
 * A loopback camera: what is handed over here, programs that open the device see as a camera's picture. The device keeps its
 * format and its rate whatever the source does: frames that come too fast are thinned, the last one is shown again while the
 * source pauses, a still picture stands there before the first and after {@link #still}. When the device goes away frames are
 * dropped until it is back.
 *
 * <p>{@link #frame} and {@link #jpeg} are for one source thread, copy once, allocate nothing and return at once. All else is
 * thread-safe.
 */
public final class V4l2Sink implements AutoCloseable {
    private final VideoFormat format;
    private final String card;
    private final FrameGate gate;
    private final SinkThread thread;

    V4l2Sink(V4l2SinkBuilder wishes, Path path, String card, FrameOutput output) {
        this.format = wishes.format();
        this.card = card;
        this.gate = new FrameGate(format, output, wishes.clock());
        this.thread = new SinkThread(gate, wishes, path, card);
        gate.still();
        thread.start();
    }

    /** What to open, and how. */
    public static V4l2SinkBuilder builder(VideoFormat format) {
        return new V4l2SinkBuilder(format);
    }

    /** The format that readers see. */
    public VideoFormat format() {
        return format;
    }

    /** The device file it writes to now. */
    public Path path() {
        return thread.path();
    }

    /** The name under which browsers and other programs show the camera. */
    public String card() {
        return card;
    }

    /**
     * Shows a raw frame.
     *
     * @param pixels a direct buffer for speed; its position and limit do not matter
     * @param offset where the frame begins in it
     * @param layout where the planes lie from there
     */
    public FrameResult frame(ByteBuffer pixels, int offset, FrameLayout layout) {
        FrameResult result = gate.frame(pixels, offset, layout);
        if (result == FrameResult.WAITING) {
            thread.wake();
        }
        return result;
    }

    /** Shows a JPEG frame, on a camera of {@link PixelFormat#MJPEG}. */
    public FrameResult jpeg(ByteBuffer picture, int offset, int length) {
        FrameResult result = gate.jpeg(picture, offset, length);
        if (result == FrameResult.WAITING) {
            thread.wake();
        }
        return result;
    }

    /** Shows the still picture until the next frame. */
    public void still() {
        gate.still();
    }

    /** The other programs that have the camera open, as far as this user may know. */
    public List<DeviceHolder> readers() {
        return thread.readers();
    }

    /** Counts since it was opened. */
    public SinkStatistics statistics() {
        return gate.statistics();
    }

    /** Why the device is not there; null while it is. */
    public @Nullable String lostBecause() {
        return thread.lostBecause();
    }

    /** Ends the picture and frees the device. Idempotent. */
    @Override
    public void close() {
        thread.close();
        gate.close();
    }
}
