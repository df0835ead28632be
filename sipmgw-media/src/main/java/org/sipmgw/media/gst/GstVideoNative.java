package org.sipmgw.media.gst;

import com.sun.jna.Native;

/** {@code libgstvideo-1.0}: key frame requests. */
final class GstVideoNative {
    static {
        Native.register(GstVideoNative.class, "gstvideo-1.0");
    }

    private GstVideoNative() {}

    static native long gst_video_event_new_upstream_force_key_unit(long runningTime, int allHeaders, int count);
}
