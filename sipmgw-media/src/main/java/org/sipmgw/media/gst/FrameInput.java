package org.sipmgw.media.gst;

/** The entrance of a pipeline. Used by one thread; allocates nothing. Lives as long as its {@link MediaPipeline}. */
public final class FrameInput {

    private static final int FLOW_OK = 0;

    private final long source;

    FrameInput(long source) {
        this.source = source;
    }

    /** Hands over one frame by reference; false when the pipeline no longer takes any. */
    public boolean push(FrameBuffers frames, int slot, long ptsNs, long durationNs) {
        return push(frames.reference(slot, ptsNs, durationNs));
    }

    /** Hands over a copy of {@code length} bytes. */
    boolean push(byte[] data, int offset, int length, long ptsNs, CopyArea area) {
        long buffer = GstNative.gst_buffer_new_allocate(0, length, 0);
        if (buffer == 0) {
            return false;
        }
        GstNative.gst_buffer_fill(buffer, 0, area.fill(data, offset, length), length);
        GstBuffers.pts(buffer, ptsNs, GstBuffers.CLOCK_TIME_NONE);
        return push(buffer);
    }

    /** No more follows. */
    void end() {
        GstAppNative.gst_app_src_end_of_stream(source);
    }

    private boolean push(long buffer) {
        return GstAppNative.gst_app_src_push_buffer(source, buffer) == FLOW_OK;
    }
}
