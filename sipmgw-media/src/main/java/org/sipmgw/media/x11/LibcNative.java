package org.sipmgw.media.x11;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** {@code libc}: memory shared with the X server, and comparing it. Pointers are plain longs: no allocation per call. */
final class LibcNative {
    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 1;
    static final int MFD_CLOEXEC = 1;
    static final int F_DUPFD_CLOEXEC = 1030;
    static final int SHUT_RDWR = 2;

    static {
        Native.register(LibcNative.class, "c");
    }

    private LibcNative() {}

    static native int memcmp(long a, long b, long length);

    static native int memfd_create(String name, int flags) throws LastErrorException;

    static native int ftruncate(int fd, long length) throws LastErrorException;

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset)
            throws LastErrorException;

    static native int munmap(long address, long length);

    static native int fcntl(int fd, int command, int argument) throws LastErrorException;

    static native int shutdown(int fd, int how);

    static native int close(int fd);

    static native void free(long address);
}
