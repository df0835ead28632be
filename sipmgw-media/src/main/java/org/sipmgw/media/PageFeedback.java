package org.sipmgw.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.sipmgw.media.rtp.RtcpHandler;
import org.sipmgw.sdp.MediaKind;

/** What the page's RTCP says about what it receives, told to the room in the room's own terms. */
final class PageFeedback implements RtcpHandler {
    private static final Logger LOG = System.getLogger(PageFeedback.class.getName());

    private List<RoomTrack> tracks = List.of();

    void tracks(List<RoomTrack> newTracks) {
        tracks = newTracks;
    }

    @Override
    public void pictureLoss(int media) {
        for (RoomTrack track : tracks) {
            if (track.forwarder().ssrc() == media && track.kind() == MediaKind.VIDEO) {
                track.keyFrameWanted(System.nanoTime());
            }
        }
    }

    @Override
    public void fullIntra(int media, int sequence) {
        pictureLoss(media);
    }

    @Override
    public void missing(int media, int sequence) {
        for (RoomTrack track : tracks) {
            if (track.forwarder().ssrc() == media) {
                track.missing(sequence, System.nanoTime());
            }
        }
    }

    /** Read, but not obeyed: estimates on loopback collapse when the processor is short, not the network. */
    @Override
    public void estimatedBitrate(long bitrateBps) {
        LOG.log(Level.TRACE, "the page estimates {0} b/s", bitrateBps);
    }
}
