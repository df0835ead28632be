package org.sipmgw.devices.alsa;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** System calls by the C library. One instance for each open device: it holds the structure that poll(2) wants. */
final class LibcDevice implements KernelCalls {
    private static final int EINTR = 4;
    private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;

    private final Memory pollfd = new Memory(8);
    private final long pollfdAddress = Pointer.nativeValue(pollfd);

    @Override
    public int open(String path, int flags) {
        return result(LibcNative.open(path, flags));
    }

    @Override
    public int close(int fd) {
        return result(LibcNative.close(fd));
    }

    @Override
    public int ioctl(int fd, long request, long argument) {
        int result;
        do {
            result = result(LibcNative.ioctl(fd, request, argument));
        } while (result == -EINTR);
        return result;
    }

    @Override
    public int poll(int fd, int events, int timeoutMs) {
        pollfd.setInt(0, fd);
        pollfd.setInt(4, events);
        int ready = result(LibcNative.poll(pollfdAddress, 1, timeoutMs));
        return ready > 0 ? pollfd.getShort(6) : ready == -EINTR ? 0 : ready;
    }

    @Override
    public int lock(int fd) {
        return result(LibcNative.flock(fd, LOCK_EXCLUSIVE_NOW));
    }

    @Override
    public long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    private static int result(int returned) {
        return returned == -1 ? -Native.getLastError() : returned;
    }
}
