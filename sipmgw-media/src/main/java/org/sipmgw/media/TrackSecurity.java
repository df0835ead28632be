package org.sipmgw.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaListener;

/** What the protection of a track means for the track. On the media thread. */
final class TrackSecurity implements RoomSecurity.Listener {
    private final RoomTrack track;
    private final MediaListener listener;

    TrackSecurity(RoomTrack track, MediaListener listener) {
        this.track = track;
        this.listener = listener;
    }

    @Override
    public void protectedFrom(@Nullable InetSocketAddress peer) {
        long nowNs = System.nanoTime();
        if (peer != null && !track.admission().latch().latched()) {
            track.admission().latch().accept(peer, 0, nowNs);
        }
        track.direct();
        // what was captured before is lost: begin with a whole picture, both ways
        track.outgoing().keyFrameWanted();
        track.keyFrameWanted(nowNs);
    }

    @Override
    public void problem(String detail) {
        listener.onWarning(detail);
    }

    @Override
    public @Nullable InetSocketAddress destination(boolean ofControl) {
        NegotiatedStream agreed = track.stream();
        if (agreed == null || Held.isHeld(agreed) || !track.wayKnown()) {
            return null;
        }
        return ofControl
                ? track.control().destination()
                : track.admission().latch().destination(agreed.remoteRtp());
    }
}
