package org.sipmgw.devices.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Between addresses and byte buffers. */
final class MemoryDevice {
    private MemoryDevice() {}

    /** Of a direct buffer's first byte. */
    static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /** The memory at an address, in the processor's byte order. It must not be touched once it is unmapped. */
    static ByteBuffer view(long address, int bytes) {
        return new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    }
}
