package org.sipmgw.media.x11;

import com.sun.jna.LastErrorException;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.spi.DeviceException;

/**
 * Anonymous memory (memfd) that can be shared by handing over a descriptor: no name, no rights to set, and nothing left
 * in the system when this process is killed.
 */
public final class SharedMemory implements AutoCloseable {

    private static final String DEVICE = "shared memory";

    private final AtomicInteger live;
    private final long bytes;
    private final int fd;
    private final long address;
    private boolean closed;

    /**
     * @param bytes size, zeroed
     * @param live counts native objects as long as they live
     * @throws DeviceException when there is no memory
     */
    public SharedMemory(long bytes, AtomicInteger live) {
        this.live = live;
        this.bytes = bytes;
        int opened = -1;
        try {
            opened = LibcNative.memfd_create("sipmgw-frames", LibcNative.MFD_CLOEXEC);
            LibcNative.ftruncate(opened, bytes);
            address = LibcNative.mmap(0, bytes, LibcNative.PROT_READ_WRITE, LibcNative.MAP_SHARED, opened, 0);
            fd = opened;
        } catch (LastErrorException e) {
            if (opened >= 0) {
                LibcNative.close(opened);
            }
            throw new DeviceException(DEVICE, "map", bytes + " bytes: errno " + e.getErrorCode(), e);
        }
        live.incrementAndGet();
    }

    /** Of the first byte. */
    public long address() {
        return address;
    }

    /** A new descriptor of the same memory, owned by the caller. */
    int duplicate() {
        try {
            return LibcNative.fcntl(fd, LibcNative.F_DUPFD_CLOEXEC, 0);
        } catch (LastErrorException e) {
            throw new DeviceException(DEVICE, "duplicate", "errno " + e.getErrorCode(), e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        LibcNative.munmap(address, bytes);
        LibcNative.close(fd);
        live.decrementAndGet();
    }
}
