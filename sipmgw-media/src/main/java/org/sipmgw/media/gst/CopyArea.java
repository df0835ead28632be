package org.sipmgw.media.gst;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Native memory between a Java array and a GStreamer buffer, which may be scattered. Grows, never shrinks; one user. */
final class CopyArea {
    private Memory memory;

    CopyArea(int size) {
        memory = new Memory(size);
    }

    long fill(byte[] data, int offset, int length) {
        if (memory.size() < length) {
            Memory old = memory;
            memory = new Memory(length);
            old.close();
        }
        long address = address();
        GstBuffers.write(address, data, offset, length);
        return address;
    }

    long address() {
        return Pointer.nativeValue(memory);
    }

    long size() {
        return memory.size();
    }

    void free() {
        memory.close();
    }
}
