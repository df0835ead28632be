package org.sipmgw.devices.kernel;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** Memory of a device, mapped until {@link #close}; after that its bytes must not be touched: the process would die. */
public final class Mapping implements AutoCloseable {
    private final KernelCalls kernel;
    private final long address;
    private final ByteBuffer bytes;
    private final AtomicBoolean closed = new AtomicBoolean();

    Mapping(KernelCalls kernel, long address, int size) {
        this.kernel = kernel;
        this.address = address;
        this.bytes = MemoryDevice.view(address, size);
    }

    /** All of it; position and limit belong to the one user. */
    public ByteBuffer bytes() {
        if (closed.get()) {
            throw new IllegalStateException("mapping is closed");
        }
        return bytes;
    }

    /** Where it lies. */
    public long address() {
        return address;
    }

    /** Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            kernel.munmap(address, bytes.capacity());
        }
    }
}
