package org.sipmgw.media.gst;

/** The exit of a pipeline. Used by one thread; allocates nothing. Lives as long as its {@link MediaPipeline}. */
public final class PacketOutput {

    /** {@link #pull}: nothing came in time, or nothing comes any more. */
    public static final int NOTHING = 0;

    /** {@link #pull}: a packet came that is larger than the buffer; it is lost. */
    public static final int TOO_LARGE = -1;

    private final long sink;
    private final CopyArea area = new CopyArea(4096);
    private long ptsNs;

    PacketOutput(long sink) {
        this.sink = sink;
    }

    /**
     * Waits for the next packet and copies it.
     *
     * @param into where to, from index 0
     * @return its length, {@link #NOTHING} or {@link #TOO_LARGE}
     */
    public int pull(byte[] into, long timeoutNs) {
        long sample = GstAppNative.gst_app_sink_try_pull_sample(sink, timeoutNs);
        if (sample == 0) {
            return NOTHING;
        }
        try {
            long buffer = GstNative.gst_sample_get_buffer(sample);
            long size = GstNative.gst_buffer_get_size(buffer);
            if (size > into.length || size > area.size()) {
                return TOO_LARGE;
            }
            ptsNs = GstBuffers.pts(buffer);
            // a packet is header and payload in two memories: gathered natively, then one copy into the heap
            GstNative.gst_buffer_extract(buffer, 0, area.address(), size);
            GstBuffers.read(area.address(), into, 0, (int) size);
            return (int) size;
        } finally {
            GstNative.gst_mini_object_unref(sample);
        }
    }

    /** Time stamp of the packet pulled last, as its element set it. */
    public long ptsNs() {
        return ptsNs;
    }

    /** Whether everything that came in has come out, after {@link FrameInput#end()}. */
    boolean ended() {
        return GstAppNative.gst_app_sink_is_eos(sink) != 0;
    }

    void free() {
        area.free();
    }
}
