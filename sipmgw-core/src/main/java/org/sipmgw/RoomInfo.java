package org.sipmgw;

import java.time.Duration;
import java.util.Optional;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipRefusal;
import org.sipmgw.spi.MediaSession;

/** INFO in a room's dialog, both ways: picture requests (RFC 5168) and keys. On the call's loop. */
final class RoomInfo {
    private static final Duration KEY_FRAME_INTERVAL = Duration.ofSeconds(1);
    private final SipLeg leg;
    private final MediaSession media;
    private final RoomLegEvents events;
    private long nextKeyFrameRequestNs = System.nanoTime();

    RoomInfo(SipLeg leg, MediaSession media, RoomLegEvents events) {
        this.leg = leg;
        this.media = media;
        this.events = events;
    }

    void requested(SipDialogRequest request) {
        switch (request.contentType()) {
            case "application/media_control+xml" -> {
                if (InfoBody.asksForKeyFrame(request.body())) {
                    media.requestKeyFrame();
                }
                request.accept(Optional.empty());
            }
            case "application/dtmf-relay", "application/dtmf" -> {
                request.accept(Optional.empty());
                InfoBody.key(request.contentType(), request.body()).ifPresent(events::onKey);
            }
            case "" -> request.accept(Optional.empty());
            default -> request.refuse(SipRefusal.of(415, request.contentType() + " is not understood"));
        }
    }

    /** Asks the room for a key frame, at most once a second. */
    void requestKeyFrame(long nowNs) {
        if (nowNs - nextKeyFrameRequestNs >= 0) {
            nextKeyFrameRequestNs = nowNs + KEY_FRAME_INTERVAL.toNanos();
            leg.info("application", "media_control+xml", InfoBody.PICTURE_FAST_UPDATE);
        }
    }
}
