package org.sipmgw.media.gst;

import com.sun.jna.Pointer;

/**
 * The public fields of {@code GstBuffer} and plain memory, read and written in place. The layout is part of
 * GStreamer's binary interface and the same on every 64-bit machine.
 */
final class GstBuffers {
    static final long CLOCK_TIME_NONE = -1;

    private static final int PTS = 72;
    private static final int DTS = 80;
    private static final int DURATION = 88;

    /** Starts at address 0: offsets into it are addresses. */
    private static final Pointer MEMORY = new Pointer(0);

    private GstBuffers() {}

    static long pts(long buffer) {
        return MEMORY.getLong(buffer + PTS);
    }

    /** Only while nobody else holds the buffer. */
    static void pts(long buffer, long ptsNs, long durationNs) {
        MEMORY.setLong(buffer + PTS, ptsNs);
        MEMORY.setLong(buffer + DTS, CLOCK_TIME_NONE);
        MEMORY.setLong(buffer + DURATION, durationNs);
    }

    static void read(long address, byte[] into, int offset, int length) {
        MEMORY.read(address, into, offset, length);
    }

    static void write(long address, byte[] from, int offset, int length) {
        MEMORY.write(address, from, offset, length);
    }
}
