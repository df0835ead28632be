package org.sipmgw.devices;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** {@code libxcb}: connecting to an X display. Not Xlib, which ends the whole process when its display dies. */
final class XcbNative {
    static {
        Native.register(XcbNative.class, "libxcb.so.1");
    }

    private XcbNative() {}

    /** See xcb_connect_to_display_with_auth_info in xcb.h. {@code auth}: int, char *, int, char *. Never null. */
    static native Pointer xcb_connect_to_display_with_auth_info(String display, Pointer auth, int[] screen);

    static native int xcb_connection_has_error(Pointer connection);

    static native Pointer xcb_get_setup(Pointer connection);

    static native void xcb_disconnect(Pointer connection);
}
