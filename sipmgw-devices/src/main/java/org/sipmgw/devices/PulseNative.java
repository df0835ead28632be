package org.sipmgw.devices;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** {@code libpulse-simple}: one stream of a PulseAudio server. See pulse/simple.h. */
final class PulseNative {
    static final int STREAM_RECORD = 2;
    static final int SAMPLE_S16LE = 3;

    static {
        Native.register(PulseNative.class, "libpulse-simple.so.0");
    }

    private PulseNative() {}

    /** {@code format}: int format, uint32 rate, uint8 channels. Null when it fails, and then {@code error} tells why. */
    static native @Nullable Pointer pa_simple_new(
            String server,
            String application,
            int direction,
            String device,
            String stream,
            Pointer format,
            @Nullable Pointer channelMap,
            @Nullable Pointer bufferAttributes,
            int[] error);

    static native int pa_simple_read(Pointer stream, Pointer data, long bytes, int[] error);

    static native void pa_simple_free(Pointer stream);
}
