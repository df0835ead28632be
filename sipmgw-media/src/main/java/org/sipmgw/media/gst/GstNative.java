package org.sipmgw.media.gst;

import com.sun.jna.Native;

/** {@code libgstreamer-1.0}: what runs per frame or packet. Pointers are plain longs, so that a call allocates nothing. */
final class GstNative {
    static {
        Native.register(GstNative.class, "gstreamer-1.0");
    }

    private GstNative() {}

    static native long gst_buffer_new_allocate(long allocator, long size, long params);

    static native long gst_buffer_new_wrapped_full(
            int flags, long data, long maxSize, long offset, long size, long userData, long notify);

    static native long gst_buffer_fill(long buffer, long offset, long source, long size);

    static native long gst_buffer_extract(long buffer, long offset, long destination, long size);

    static native long gst_buffer_get_size(long buffer);

    static native long gst_buffer_peek_memory(long buffer, int index);

    static native long gst_mini_object_ref(long object);

    static native void gst_mini_object_unref(long object);

    static native int gst_mini_object_is_writable(long object);

    static native long gst_sample_get_buffer(long sample);

    static native int gst_buffer_map(long buffer, long info, int flags);

    static native void gst_buffer_unmap(long buffer, long info);

    static native long gst_sample_get_caps(long sample);

    static native long gst_caps_get_structure(long caps, int index);

    static native int gst_structure_get_int(long structure, String field, int[] value);

    static native int gst_element_send_event(long element, long event);

    static native void gst_element_set_start_time(long element, long time);

    static native void gst_element_set_base_time(long element, long time);

    static native long gst_system_clock_obtain();

    static native long gst_clock_get_time(long clock);

    static native void gst_pipeline_use_clock(long pipeline, long clock);

    static native void gst_object_unref(long object);
}
