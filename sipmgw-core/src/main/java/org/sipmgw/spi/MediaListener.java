package org.sipmgw.spi;

import java.time.Duration;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;

/** What a {@link MediaSession} reports. Called from threads of the engine; implementations return at once. */
public interface MediaListener {

    /** The conference needs a key frame of the room and no RTCP feedback is agreed: send SIP INFO (RFC 5168). */
    default void onKeyFrameNeeded() {}

    /** A key of the room, RFC 4733, delivered once per key press. */
    default void onDtmf(char key) {}

    /** Something is wrong with the media that the call survives, such as packets under wrong keys; told once. */
    default void onWarning(String detail) {}

    /** The page's camera and microphone are connected ({@code true}) or lost. */
    default void onPageConnected(boolean connected) {}

    /** The room has sent nothing for this long although it should. Reported once until packets flow again, or it has been on hold. */
    default void onRoomSilent(Duration silence) {}

    /**
     * What the room is sent of picture has changed: the picture, or the rate by a fifth or more.
     *
     * @param bitrateBps bits per second at most
     * @param picture the largest picture, and frames per second
     */
    default void onSendRate(int bitrateBps, VideoLimits picture) {}

    /**
     * Packets are lost, many more or less than before, or no longer.
     *
     * @param share lost before anything was resent, 0 to 1; 0 when it is over
     */
    default void onLoss(MediaStatistics.Way way, MediaKind kind, double share) {}

    /**
     * The capture of this display and its speaker has ended and nothing is sent to the room any more, until {@link
     * MediaSession#capture} gives another one.
     */
    default void onCaptureLost(DisplayPort display, String detail) {}

    /** The addresses have changed, a relay was lost: the other side must be told by a new offer. */
    default void onLocalMediaChanged(LocalMedia addresses) {}
}
