package org.sipmgw.media;

import org.sipmgw.media.rtp.KeyFrameRequests;
import org.sipmgw.media.rtp.KeyFrameRequests.Step;
import org.sipmgw.spi.MediaListener;

/** Asks the room for key frames in the way that was agreed: by RTCP, else by SIP INFO. Belongs to the media thread. */
final class KeyFrameAsking {
    private static final long INFO_SPACING_NS = 1_000_000_000L;

    private final KeyFrameRequests requests;
    private final RoomControl control;
    private final Outgoing outgoing;
    private final MediaListener listener;
    private long lastInfoNs = Long.MIN_VALUE / 2;

    KeyFrameAsking(KeyFrameRequests requests, RoomControl control, Outgoing outgoing, MediaListener listener) {
        this.requests = requests;
        this.control = control;
        this.outgoing = outgoing;
        this.listener = listener;
    }

    /** Asks where that is due. */
    void poll(long nowNs) {
        Step step = requests.poll(nowNs);
        if (step == Step.NOTHING || control.requestKeyFrame(outgoing.ssrc(), requests.commandSequence())) {
            return;
        }
        if (nowNs - lastInfoNs >= INFO_SPACING_NS) {
            lastInfoNs = nowNs;
            listener.onKeyFrameNeeded();
        }
    }
}
