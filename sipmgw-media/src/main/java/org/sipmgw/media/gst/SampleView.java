package org.sipmgw.media.gst;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The exit of a decoder: frames and sound where GStreamer has put them, not copied. Used by one thread; allocates nothing
 * once it has seen all buffers of the decoder's pool. Lives as long as its {@link MediaPipeline}.
 */
public final class SampleView {

    private static final int READ = 1;
    /** {@code GstMapInfo}: part of GStreamer's binary interface, the same on every 64-bit machine. */
    private static final int MAP_INFO_BYTES = 104;

    private static final int DATA = 16;
    private static final int SIZE = 24;
    /** More than decoders keep in their pools. */
    private static final int KNOWN = 32;

    private final long sink;
    private final Memory info = new Memory(MAP_INFO_BYTES);
    private final long infoAddress = Pointer.nativeValue(info);
    private final long[] addresses = new long[KNOWN];
    private final ByteBuffer[] views = new ByteBuffer[KNOWN];
    private final int[] field = new int[1];
    private int oldest;
    private long sample;
    private long buffer;
    private long caps;
    private long ptsNs;
    private int width;
    private int height;
    private ByteBuffer view = ByteBuffer.allocateDirect(0);

    SampleView(long sink) {
        this.sink = sink;
    }

    /** Waits for the next sample; true when there is one, which must be given back by {@link #release()}. */
    public boolean pull(long timeoutNs) {
        sample = GstAppNative.gst_app_sink_try_pull_sample(sink, timeoutNs);
        if (sample == 0) {
            return false;
        }
        buffer = GstNative.gst_sample_get_buffer(sample);
        if (GstNative.gst_buffer_map(buffer, infoAddress, READ) == 0) {
            GstNative.gst_mini_object_unref(sample);
            sample = 0;
            return false;
        }
        ptsNs = GstBuffers.pts(buffer);
        readSize(GstNative.gst_sample_get_caps(sample));
        view = viewOf(info.getLong(DATA), (int) info.getLong(SIZE));
        return true;
    }

    /** What was pulled: from position 0 to the limit; valid until {@link #release()}. */
    public ByteBuffer data() {
        return view;
    }

    /** When it came in, counted from the pipeline's start. */
    public long ptsNs() {
        return ptsNs;
    }

    /** Pixels; 0 for sound. */
    public int width() {
        return width;
    }

    /** Pixels; 0 for sound. */
    public int height() {
        return height;
    }

    /** Gives the sample back to the decoder. */
    public void release() {
        if (sample != 0) {
            GstNative.gst_buffer_unmap(buffer, infoAddress);
            GstNative.gst_mini_object_unref(sample);
            sample = 0;
        }
    }

    /** Decoders take turns with a few buffers: each is wrapped once. */
    private ByteBuffer viewOf(long address, int size) {
        for (int i = 0; i < KNOWN; i++) {
            if (addresses[i] == address && views[i].capacity() >= size) {
                return views[i].limit(size).position(0);
            }
        }
        ByteBuffer made = new Pointer(address).getByteBuffer(0, size).order(ByteOrder.LITTLE_ENDIAN);
        addresses[oldest] = address;
        views[oldest] = made;
        oldest = (oldest + 1) % KNOWN;
        return made;
    }

    private void readSize(long next) {
        if (next == caps || next == 0) {
            return;
        }
        // kept, so that no other caps can come to lie where these did
        GstNative.gst_mini_object_ref(next);
        forgetCaps();
        caps = next;
        long structure = GstNative.gst_caps_get_structure(next, 0);
        width = GstNative.gst_structure_get_int(structure, "width", field) == 0 ? 0 : field[0];
        height = GstNative.gst_structure_get_int(structure, "height", field) == 0 ? 0 : field[0];
    }

    private void forgetCaps() {
        if (caps != 0) {
            GstNative.gst_mini_object_unref(caps);
            caps = 0;
        }
    }

    /** No sample may be held any more. */
    void free() {
        release();
        forgetCaps();
        info.close();
    }
}
