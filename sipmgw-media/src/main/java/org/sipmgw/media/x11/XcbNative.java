package org.sipmgw.media.x11;

import com.sun.jna.Native;

/**
 * {@code libxcb}: the connection. A cookie is a struct of one 32-bit number, which the calling conventions of x86-64 and
 * AArch64 pass as that number.
 */
final class XcbNative {
    static {
        Native.register(XcbNative.class, "libxcb.so.1");
    }

    private XcbNative() {}

    static native long xcb_connect_to_display_with_auth_info(String display, long authInfo, int[] screen);

    static native long xcb_connect(String display, int[] screen);

    static native int xcb_connection_has_error(long connection);

    static native int xcb_get_file_descriptor(long connection);

    static native long xcb_get_setup(long connection);

    static native int xcb_generate_id(long connection);

    static native long xcb_request_check(long connection, int cookie);

    static native void xcb_disconnect(long connection);
}
