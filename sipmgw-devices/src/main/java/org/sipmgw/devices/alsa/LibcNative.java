package org.sipmgw.devices.alsa;

import com.sun.jna.Native;

/** The C library: system calls on device files. See open(2), ioctl(2), poll(2). */
final class LibcNative {

    static {
        Native.register(LibcNative.class, "c");
    }

    private LibcNative() {}

    static native int open(String path, int flags);

    static native int close(int fd);

    static native int ioctl(int fd, long request, long argument);

    static native int flock(int fd, int operation);

    /** {@code fds}: array of int fd, short events, short revents. */
    static native int poll(long fds, long count, int timeoutMs);
}
