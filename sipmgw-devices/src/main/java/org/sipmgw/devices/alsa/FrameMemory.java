package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.sipmgw.devices.kernel.Structure;

/** Where the bytes of a caller's buffer lie: direct buffers in place, others by way of a copy. One thread. */
final class FrameMemory {
    private final ByteBuffer copy;
    private final long copyAddress;
    private @Nullable ByteBuffer last;
    private long lastAddress;

    FrameMemory(int copyBytes) {
        this.copy = ByteBuffer.allocateDirect(copyBytes).order(ByteOrder.nativeOrder());
        this.copyAddress = Structure.addressOf(copy);
    }

    /** Where the byte at its position lies. */
    @SuppressWarnings("ReferenceEquality") // equal contents do not lie in the same place
    long of(ByteBuffer direct) {
        if (last != direct) {
            lastAddress = Structure.addressOf(direct);
            last = direct;
        }
        return lastAddress + direct.position();
    }

    /** Emptied, for what cannot be used in place. */
    ByteBuffer copy() {
        copy.clear();
        return copy;
    }

    long copyAddress() {
        return copyAddress;
    }
}
