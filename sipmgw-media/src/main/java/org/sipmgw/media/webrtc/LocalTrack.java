package org.sipmgw.media.webrtc;

import java.util.List;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;

/**
 * What this side does with one kind of media.
 *
 * @param kind audio or video
 * @param direction seen from this side
 * @param ssrc the stream it sends, 32 bits; of no meaning where it sends nothing
 * @param codecs the formats of an own offer; of no meaning in an answer, which takes all that can be forwarded
 */
public record LocalTrack(MediaKind kind, Direction direction, int ssrc, List<RtpCodec> codecs) {

    /** A track for an answer. */
    public static LocalTrack answering(MediaKind kind, Direction direction, int ssrc) {
        return new LocalTrack(kind, direction, ssrc, List.of());
    }
}
