package org.sipmgw.media.x11;

import com.sun.jna.Native;

/** {@code libxcb-shm}: MIT-SHM 1.2, where the memory is handed over as a file descriptor. */
final class XcbShmNative {
    static {
        Native.register(XcbShmNative.class, "libxcb-shm.so.0");
    }

    private XcbShmNative() {}

    static native int xcb_shm_attach_fd_checked(long connection, int segment, int fd, byte readOnly);

    static native int xcb_shm_get_image(
            long connection,
            int drawable,
            short x,
            short y,
            short width,
            short height,
            int planeMask,
            byte format,
            int segment,
            int offset);

    static native long xcb_shm_get_image_reply(long connection, int cookie, long error);
}
