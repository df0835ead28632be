package org.sipmgw.media;

import org.sipmgw.sdp.MediaKind;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaStatistics.Way;

/** Tells when losses begin, when they have doubled or halved, and when they are over. Not thread-safe. */
final class LossAlarm {
    private static final double BEGIN = 0.01;
    private static final double END = 0.005;
    private static final long QUIET_NS = 3_000_000_000L;
    private static final long APART_NS = 2_000_000_000L;

    private final Way way;
    private final MediaKind kind;
    private final MediaListener listener;
    private double told;
    private long toldNs = Long.MIN_VALUE / 2;
    private long lossNs;

    LossAlarm(Way way, MediaKind kind, MediaListener listener) {
        this.way = way;
        this.kind = kind;
        this.listener = listener;
    }

    /** The share of packets lost since the last time, 0 to 1. */
    void measured(double share, long nowNs) {
        if (share > END) {
            lossNs = nowNs;
        }
        boolean over = told > 0 && nowNs - lossNs > QUIET_NS;
        boolean changed = share >= BEGIN && (told == 0 || share > 2 * told || share < told / 2);
        if (over || (changed && nowNs - toldNs >= APART_NS)) {
            told = over ? 0 : share;
            toldNs = nowNs;
            listener.onLoss(way, kind, told);
        }
    }
}
