package org.sipmgw.devices.kernel;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** Signatures of the C library's system calls; each answers -1 for an error, which {@code Native.getLastError} then tells. */
final class KernelNative {

    static {
        Native.register(KernelNative.class, Platform.C_LIBRARY_NAME);
    }

    private KernelNative() {}

    static native int open(String path, int flags);

    static native int close(int fd);

    static native int ioctl(int fd, long request, long argument);

    static native long mmap(long address, long bytes, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long bytes);

    static native int poll(long descriptors, long count, int timeoutMs);

    static native long read(int fd, long address, long bytes);

    static native long write(int fd, long address, long bytes);

    static native int flock(int fd, int operation);
}
