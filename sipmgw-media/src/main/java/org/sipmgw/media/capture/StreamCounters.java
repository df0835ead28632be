package org.sipmgw.media.capture;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of one stream, written by its threads and read by any. */
final class StreamCounters {
    final AtomicLong packets = new AtomicLong();
    final AtomicLong payloadBytes = new AtomicLong();
    final AtomicLong frames = new AtomicLong();
    final AtomicLong keyFrames = new AtomicLong();
    final AtomicLong repeated = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();

    void packet(int length) {
        packets.incrementAndGet();
        payloadBytes.addAndGet(length - 12L);
    }

    CaptureStatistics snapshot(int width, int height) {
        return new CaptureStatistics(
                packets.get(),
                payloadBytes.get(),
                frames.get(),
                keyFrames.get(),
                repeated.get(),
                dropped.get(),
                width,
                height);
    }
}
