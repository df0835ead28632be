package org.sipmgw.media.gst;

import com.sun.jna.Native;

/** {@code libgstapp-1.0}: frames in, packets out. */
final class GstAppNative {
    static {
        Native.register(GstAppNative.class, "gstapp-1.0");
    }

    private GstAppNative() {}

    static native int gst_app_src_push_buffer(long source, long buffer);

    static native int gst_app_src_end_of_stream(long source);

    static native long gst_app_sink_try_pull_sample(long sink, long timeoutNs);

    static native int gst_app_sink_is_eos(long sink);
}
