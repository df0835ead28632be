package org.sipmgw.devices.v4l2;

import com.sun.jna.Native;

/** {@code libc}: what copying is measured against. */
final class MemoryNative {
    static {
        Native.register(MemoryNative.class, "c");
    }

    private MemoryNative() {}

    static native long memcpy(long target, long source, long bytes);
}
