package org.sipmgw.media.gst;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * GStreamer buffers over memory that somebody else owns, one per slot. A slot is handed to a pipeline by reference; it
 * is {@link #free(int)} again when the pipeline has let go of it. Used by one thread; allocates nothing per frame.
 */
public final class FrameBuffers implements AutoCloseable {

    private final long[] buffers;
    private final long[] memories;
    private final AtomicInteger live;
    private boolean closed;

    /**
     * @param address of the first slot; the memory must outlive this object
     * @param slotBytes size of each slot; the slots follow one another
     * @param slots how many
     * @param live counts native objects as long as they live
     */
    public FrameBuffers(long address, long slotBytes, int slots, AtomicInteger live) {
        GstRuntime.load();
        this.live = live;
        buffers = new long[slots];
        memories = new long[slots];
        for (int i = 0; i < slots; i++) {
            buffers[i] =
                    GstNative.gst_buffer_new_wrapped_full(0, address + i * slotBytes, slotBytes, 0, slotBytes, 0, 0);
            memories[i] = GstNative.gst_buffer_peek_memory(buffers[i], 0);
            live.incrementAndGet();
        }
    }

    /** Whether no pipeline uses the slot. */
    public boolean free(int slot) {
        // an element may keep a copy of the buffer that shares the memory: ask both
        return GstNative.gst_mini_object_is_writable(buffers[slot]) != 0
                && GstNative.gst_mini_object_is_writable(memories[slot]) != 0;
    }

    /** Takes a reference for a pipeline; a slot that is still in use keeps its old time. */
    long reference(int slot, long ptsNs, long durationNs) {
        if (closed) {
            throw new IllegalStateException("frame buffers are closed");
        }
        GstBuffers.pts(buffers[slot], ptsNs, durationNs);
        return GstNative.gst_mini_object_ref(buffers[slot]);
    }

    /** To be called after the pipelines have stopped, before the memory goes. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (long buffer : buffers) {
            GstNative.gst_mini_object_unref(buffer);
            live.decrementAndGet();
        }
    }
}
