package org.sipmgw.media.gst;

/** The exit of a decoder: decoded frames or sound, of any size. Used by one thread. */
final class SampleOutput {

    private final long sink;
    private byte[] data = new byte[0];
    private long ptsNs;
    private int length;
    private int width;
    private int height;

    SampleOutput(long sink) {
        this.sink = sink;
    }

    /** Waits for the next sample and copies it into {@link #data()}; returns its length, 0 when nothing came. */
    int pull(long timeoutNs) {
        long sample = GstAppNative.gst_app_sink_try_pull_sample(sink, timeoutNs);
        if (sample == 0) {
            return 0;
        }
        try {
            long buffer = GstNative.gst_sample_get_buffer(sample);
            int size = (int) GstNative.gst_buffer_get_size(buffer);
            if (data.length < size) {
                data = new byte[size];
            }
            ptsNs = GstBuffers.pts(buffer);
            readSize(GstNative.gst_sample_get_caps(sample));
            copy(buffer, size);
            length = size;
            return size;
        } finally {
            GstNative.gst_mini_object_unref(sample);
        }
    }

    int length() {
        return length;
    }

    byte[] data() {
        return data;
    }

    long ptsNs() {
        return ptsNs;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    private void copy(long buffer, int size) {
        CopyArea area = new CopyArea(size);
        GstNative.gst_buffer_extract(buffer, 0, area.address(), size);
        GstBuffers.read(area.address(), data, 0, size);
        area.free();
    }

    private void readSize(long caps) {
        if (caps == 0) {
            return;
        }
        long structure = GstNative.gst_caps_get_structure(caps, 0);
        int[] value = new int[1];
        width = GstNative.gst_structure_get_int(structure, "width", value) == 0 ? 0 : value[0];
        height = GstNative.gst_structure_get_int(structure, "height", value) == 0 ? 0 : value[0];
    }
}
