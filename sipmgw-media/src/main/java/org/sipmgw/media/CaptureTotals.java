package org.sipmgw.media;

import org.sipmgw.media.capture.CaptureStatistics;

/** Adds up the counters of captures that have ended. */
final class CaptureTotals {
    private volatile CaptureStatistics sum = CaptureStatistics.none();

    void add(CaptureStatistics ended) {
        sum = with(ended);
    }

    /** The sum with one that still runs; a size of 0 is unknown. */
    CaptureStatistics with(CaptureStatistics running) {
        CaptureStatistics past = sum;
        boolean sized = running.width() > 0;
        return new CaptureStatistics(
                past.packets() + running.packets(),
                past.payloadBytes() + running.payloadBytes(),
                past.frames() + running.frames(),
                past.keyFrames() + running.keyFrames(),
                past.repeated() + running.repeated(),
                past.dropped() + running.dropped(),
                sized ? running.width() : past.width(),
                sized ? running.height() : past.height());
    }
}
