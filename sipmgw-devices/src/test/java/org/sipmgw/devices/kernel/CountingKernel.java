package org.sipmgw.devices.kernel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The running kernel with a count of what is open, in which the nth call of all fails, or every ioctl of one kind. */
public final class CountingKernel implements KernelCalls {
    private final KernelCalls real = KernelCalls.running();
    private final int failingCall;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Integer> files = ConcurrentHashMap.newKeySet();
    private final Set<Long> mappings = ConcurrentHashMap.newKeySet();
    private volatile long brokenRequest;
    private volatile int brokenErrno;
    private volatile String failed = "";

    /** @param failingCall which call fails with EIO, from 1; 0 for none */
    public CountingKernel(int failingCall) {
        this.failingCall = failingCall;
    }

    /** From now on this request answers the error; 0 mends it. */
    public void breaks(Ioctl request, int errno) {
        brokenErrno = errno;
        brokenRequest = errno == 0 ? 0 : request.number();
    }

    /** Open files and mappings. */
    public int open() {
        return files.size() + mappings.size();
    }

    /** The call that failed by order; empty when there were fewer calls. */
    public String failed() {
        return failed;
    }

    /** Whether this call is the one. */
    private boolean fails(String call) {
        if (calls.incrementAndGet() != failingCall) {
            return false;
        }
        failed = call;
        return true;
    }

    @Override
    public int open(String path, int flags) {
        if (fails("open")) {
            return -Errno.EIO;
        }
        int fd = real.open(path, flags);
        if (fd >= 0) {
            files.add(fd);
        }
        return fd;
    }

    @Override
    public int close(int fd) {
        if (!files.remove(fd)) {
            throw new AssertionError("closed twice: " + fd);
        }
        return real.close(fd);
    }

    @Override
    public int ioctl(int fd, long request, long argument) {
        if (fails("ioctl " + Long.toHexString(request))) {
            return -Errno.EIO;
        }
        return request == brokenRequest ? -brokenErrno : real.ioctl(fd, request, argument);
    }

    @Override
    public long mmap(int fd, long bytes, long offset) {
        if (fails("mmap")) {
            return -Errno.ENOMEM;
        }
        long address = real.mmap(fd, bytes, offset);
        if (address > 0) {
            mappings.add(address);
        }
        return address;
    }

    @Override
    public int munmap(long address, long bytes) {
        if (!mappings.remove(address)) {
            throw new AssertionError("unmapped twice");
        }
        return real.munmap(address, bytes);
    }

    @Override
    public int poll(long descriptors, int count, int timeoutMs) {
        return fails("poll") ? -Errno.EIO : real.poll(descriptors, count, timeoutMs);
    }

    @Override
    public long read(int fd, long address, long bytes) {
        return fails("read") ? -Errno.EIO : real.read(fd, address, bytes);
    }

    @Override
    public long write(int fd, long address, long bytes) {
        return fails("write") ? -Errno.EIO : real.write(fd, address, bytes);
    }

    @Override
    public int lock(int fd) {
        return fails("flock") ? -Errno.EIO : real.lock(fd);
    }
}
