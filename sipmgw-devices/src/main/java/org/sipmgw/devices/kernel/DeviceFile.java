package org.sipmgw.devices.kernel;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.spi.DeviceException;

/**
 * An open device file. Whoever opened it closes it, once nobody is in one of its calls any more; after that every call
 * answers {@link Errno#EBADF}. One thread at a time polls.
 */
public final class DeviceFile implements AutoCloseable {
    private static final int CLOSED = -1;

    private final KernelCalls kernel;
    private final String name;
    private final AtomicInteger fd;
    private final Structure polled = new Structure(8);

    private DeviceFile(KernelCalls kernel, String name, int fd) {
        this.kernel = kernel;
        this.name = name;
        this.fd = new AtomicInteger(fd);
    }

    /**
     * Opens it.
     *
     * @param flags of {@link KernelCalls#open}
     * @throws DeviceException naming device and reason when it cannot be opened
     */
    public static DeviceFile open(KernelCalls kernel, Path path, int flags) {
        int answer = kernel.open(path.toString(), flags);
        if (answer < 0) {
            throw failure(path.toString(), "open", -answer);
        }
        return new DeviceFile(kernel, path.toString(), answer);
    }

    private static DeviceException failure(String device, String call, int errno) {
        return new DeviceException(device, call, Errno.text(errno));
    }

    /** What a failed call is reported as: this device, the call, the error number's name and meaning. */
    public DeviceException failure(String call, int errno) {
        return failure(name, call, errno);
    }

    /** Its path. */
    public String name() {
        return name;
    }

    /**
     * Makes a request that must succeed.
     *
     * @return what the kernel answers, mostly 0
     * @throws DeviceException when it does not
     */
    public int call(Ioctl request, Structure argument) {
        int answer = tryCall(request, argument);
        if (answer < 0) {
            throw failure(request.name(), -answer);
        }
        return answer;
    }

    /** Makes a request that may fail: answers at least 0, or the negative error number. Allocates nothing. */
    public int tryCall(Ioctl request, Structure argument) {
        if (argument.size() < request.size()) {
            throw new IllegalArgumentException(request + " needs " + request.size() + " bytes, not " + argument.size());
        }
        try {
            return kernel.ioctl(fd.get(), request.number(), argument.address());
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    /** As above, for requests that take a number or nothing. */
    public int tryCall(Ioctl request, long number) {
        return kernel.ioctl(fd.get(), request.number(), number);
    }

    /**
     * Takes the device for this open file; the lock goes with the file, and so with the process.
     *
     * @return whether it was free
     * @throws DeviceException when the kernel refuses for another reason
     */
    public boolean tryLock() {
        int answer = kernel.lock(fd.get());
        if (answer < 0 && answer != -Errno.EAGAIN) {
            throw failure("flock", -answer);
        }
        return answer >= 0;
    }

    /**
     * Maps device memory.
     *
     * @throws DeviceException when the kernel refuses
     */
    public Mapping map(int bytes, long offset) {
        long answer = kernel.mmap(fd.get(), bytes, offset);
        if (answer < 0) {
            throw failure("mmap", (int) -answer);
        }
        return new Mapping(kernel, answer, bytes);
    }

    /**
     * Waits.
     *
     * @param events {@link KernelCalls#READABLE} or {@link KernelCalls#WRITABLE}
     * @return the events that came, with POLLERR (8) and POLLHUP (16); 0 when the time is over; or the negative error number
     */
    public int poll(short events, int timeoutMs) {
        polled.setInt(0, fd.get()).setShort(4, events).setShort(6, (short) 0);
        int answer = kernel.poll(polled.address(), 1, timeoutMs);
        return answer <= 0 ? answer : polled.shortAt(6);
    }

    /** read(2) into native memory: bytes, or the negative error number. */
    public long read(long address, long bytes) {
        return kernel.read(fd.get(), address, bytes);
    }

    /** write(2) from native memory: bytes, or the negative error number. */
    public long write(long address, long bytes) {
        return kernel.write(fd.get(), address, bytes);
    }

    /** Idempotent. */
    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            kernel.close(open);
        }
    }
}
