package org.sipmgw.media.gst;

import java.util.concurrent.TimeUnit;

/** RTP timestamps to GStreamer time and back, wrap-around included. The first timestamp is time 0. For one thread at a time. */
final class MediaClock {
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int clockRateHz;
    private boolean running;
    private int first;
    private volatile int last;
    private long ticks;

    MediaClock(int clockRateHz) {
        this.clockRateHz = clockRateHz;
    }

    /** Time of a packet; packets may be out of order by less than half of the timestamp's range. */
    long timeNs(int timestamp) {
        if (!running) {
            running = true;
            first = timestamp;
            last = timestamp;
        }
        ticks += timestamp - last;
        last = timestamp;
        return Math.max(0, ticks) * NS_PER_SECOND / clockRateHz;
    }

    /** The timestamp that has this time. */
    int timestamp(long timeNs) {
        return first + (int) ((timeNs * clockRateHz + NS_PER_SECOND / 2) / NS_PER_SECOND);
    }
}
