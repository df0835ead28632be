package org.sipmgw.devices.alsa;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** The system calls that a sound device is made of. Results are the kernel's, failures a negated errno. */
interface KernelCalls {
    int O_RDWR = 2;
    int O_NONBLOCK = 0x800;
    int O_CLOEXEC = 0x80000;
    int POLLIN = 1;
    int POLLOUT = 4;

    int open(String path, int flags);

    int close(int fd);

    /** With the address of a structure, or a number, as the request wants. */
    int ioctl(int fd, long request, long argument);

    /** With a structure in a direct buffer, which stays where it is as long as the call lasts. */
    default int ioctl(int fd, long request, ByteBuffer structure) {
        try {
            return ioctl(fd, request, address(structure));
        } finally {
            Reference.reachabilityFence(structure);
        }
    }

    /** Waits for one descriptor: what is ready (POLLIN …), 0 when the time is over. */
    int poll(int fd, int events, int timeoutMs);

    /** flock(2): takes the open file for us alone, without waiting; the lock ends with the descriptor, so with the process. */
    int lock(int fd);

    /** Where the bytes of a direct buffer begin, regardless of its position. Allocates. */
    long address(ByteBuffer direct);
}
