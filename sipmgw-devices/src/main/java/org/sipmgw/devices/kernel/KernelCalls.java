package org.sipmgw.devices.kernel;

import org.sipmgw.spi.DeviceException;

/**
 * The system calls that device files need. Each answers what the system call does, or the negative {@link Errno error
 * number}; none throws or allocates. Addresses are those of native memory. Thread-safe.
 */
public interface KernelCalls {
    /** For {@link #open}. */
    int READ_ONLY = 0;

    /** For {@link #open}. */
    int READ_WRITE = 2;

    /** For {@link #open}: calls that would wait answer {@link Errno#EAGAIN}. */
    int NON_BLOCKING = 0x800;

    /** For {@link #poll}. */
    short READABLE = 1;

    /** For {@link #poll}. */
    short WRITABLE = 4;

    /**
     * The running kernel's.
     *
     * @throws DeviceException when this is no 64-bit Linux on x86 or ARM, for which the structures are laid out
     */
    static KernelCalls running() {
        return LinuxKernelDevice.instance();
    }

    /** open(2), never inherited by child processes. */
    int open(String path, int flags);

    /** close(2). */
    int close(int fd);

    /** ioctl(2); {@code argument} is an address or a number, as the request wants it. */
    int ioctl(int fd, long request, long argument);

    /** mmap(2) of device memory, shared, to read and write. Answers the address. */
    long mmap(int fd, long bytes, long offset);

    /** munmap(2). */
    int munmap(long address, long bytes);

    /** poll(2); {@code descriptors} is the address of {@code count} times {int fd, short events, short revents}. */
    int poll(long descriptors, int count, int timeoutMs);

    /** read(2). */
    long read(int fd, long address, long bytes);

    /** write(2). */
    long write(int fd, long address, long bytes);

    /** flock(2), exclusive, without waiting: {@link Errno#EAGAIN} when another open file holds the lock. */
    int lock(int fd);
}
