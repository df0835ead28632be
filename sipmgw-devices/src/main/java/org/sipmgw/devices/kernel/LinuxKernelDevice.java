package org.sipmgw.devices.kernel;

import com.sun.jna.Native;
import org.sipmgw.spi.DeviceException;

/** The running kernel, by JNA direct mapping. A call that a signal interrupts is made again. */
final class LinuxKernelDevice implements KernelCalls {
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
    private static final LinuxKernelDevice INSTANCE = new LinuxKernelDevice();

    private LinuxKernelDevice() {}

    static LinuxKernelDevice instance() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        if (!"Linux".equals(system) || !("amd64".equals(processor) || "aarch64".equals(processor))) {
            throw new DeviceException(
                    "kernel devices",
                    "start",
                    "they need Linux on x86-64 or arm64, not " + system + " on " + processor);
        }
        return INSTANCE;
    }

    private static int result(int answer) {
        return answer == -1 ? -Native.getLastError() : answer;
    }

    private static long result(long answer) {
        return answer == -1 ? -Native.getLastError() : answer;
    }

    @Override
    public int open(String path, int flags) {
        int answer;
        do {
            answer = result(KernelNative.open(path, flags | CLOSE_ON_EXEC));
        } while (answer == -Errno.EINTR);
        return answer;
    }

    @Override
    public int close(int fd) {
        return result(KernelNative.close(fd));
    }

    @Override
    public int ioctl(int fd, long request, long argument) {
        int answer;
        do {
            answer = result(KernelNative.ioctl(fd, request, argument));
        } while (answer == -Errno.EINTR);
        return answer;
    }

    @Override
    public long mmap(int fd, long bytes, long offset) {
        return result(KernelNative.mmap(0, bytes, PROT_READ_WRITE, MAP_SHARED, fd, offset));
    }

    @Override
    public int munmap(long address, long bytes) {
        return result(KernelNative.munmap(address, bytes));
    }

    /** A signal ends the wait early, as if the time had passed. */
    @Override
    public int poll(long descriptors, int count, int timeoutMs) {
        int answer = result(KernelNative.poll(descriptors, count, timeoutMs));
        return answer == -Errno.EINTR ? 0 : answer;
    }

    @Override
    public long read(int fd, long address, long bytes) {
        long answer;
        do {
            answer = result(KernelNative.read(fd, address, bytes));
        } while (answer == -Errno.EINTR);
        return answer;
    }

    @Override
    public long write(int fd, long address, long bytes) {
        long answer;
        do {
            answer = result(KernelNative.write(fd, address, bytes));
        } while (answer == -Errno.EINTR);
        return answer;
    }

    @Override
    public int lock(int fd) {
        return result(KernelNative.flock(fd, LOCK_EXCLUSIVE_NOW));
    }
}
