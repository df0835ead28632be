package org.sipmgw.media.x11;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Tells whether two frames are equal: one {@code memcmp} over both, which ends at the first difference, so that a moving
 * picture costs next to nothing and a still one a read of its memory. Copies nothing, allocates nothing. Thread-safe.
 */
public final class FrameComparison {

    private FrameComparison() {}

    /**
     * Compares native memory.
     *
     * @param a address of the first frame
     * @param b address of the second frame
     * @param bytes length of both
     */
    public static boolean same(long a, long b, long bytes) {
        return LibcNative.memcmp(a, b, bytes) == 0;
    }

    /** The address of a direct buffer's first byte, for {@link #same}; it holds as long as the buffer lives. */
    public static long address(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer");
        }
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }
}
