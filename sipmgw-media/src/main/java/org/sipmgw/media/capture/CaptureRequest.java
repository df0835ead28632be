package org.sipmgw.media.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/**
 * What to capture.
 *
 * @param display what the page shows
 * @param speaker what the page plays
 * @param streams at most one of each kind is made: the first whose direction sends
 */
record CaptureRequest(DisplayPort display, SpeakerPort speaker, List<OutgoingStream> streams) {

    @Nullable
    OutgoingStream stream(MediaKind kind) {
        return streams.stream()
                .filter(s -> s.negotiated().kind() == kind
                        && s.negotiated().direction().sends())
                .findFirst()
                .orElse(null);
    }
}
