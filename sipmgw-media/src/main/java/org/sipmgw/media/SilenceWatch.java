package org.sipmgw.media;

import java.time.Duration;
import java.util.Collection;
import org.sipmgw.spi.MediaListener;

/** Notices that the room sends nothing although it should. */
final class SilenceWatch {
    private static final long SILENCE_NS = 5_000_000_000L;

    private final MediaListener listener;
    private boolean watching;
    private boolean listening;
    private boolean reported;
    private long packets = -1;
    private long sinceNs;

    SilenceWatch(MediaListener listener) {
        this.listener = listener;
    }

    void tick(Collection<RoomTrack> tracks, long nowNs) {
        boolean expected = false;
        boolean listens = false;
        long received = 0;
        for (RoomTrack track : tracks) {
            expected |= track.receives();
            listens |= track.sends();
            received += track.statistics().packets();
        }
        // a room on hold may be silent; that it is silent again when it comes back is news
        if (!expected || !watching || received != packets || listens != listening) {
            watching = expected;
            listening = listens;
            reported = false;
            packets = received;
            sinceNs = nowNs;
        } else if (!reported && nowNs - sinceNs >= SILENCE_NS) {
            reported = true;
            listener.onRoomSilent(Duration.ofNanos(nowNs - sinceNs));
        }
    }
}
