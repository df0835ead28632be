package org.sipmgw;

import java.util.List;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;

/** What is to be seen in the streams that were agreed on with a room. */
final class RoomStreams {
    private RoomStreams() {}

    /** Whether keys can be sent as telephone events. */
    static boolean telephoneEvents(List<NegotiatedStream> streams) {
        return streams.stream()
                .anyMatch(stream ->
                        stream.direction().sends() && stream.telephoneEvent().isPresent());
    }

    /** Whether the room wants what we send. Video alone may be off without that; sound decides where there is any. */
    static boolean roomListens(List<NegotiatedStream> streams) {
        boolean sound = streams.stream().anyMatch(stream -> stream.kind() == MediaKind.AUDIO);
        return streams.stream()
                .anyMatch(stream -> (stream.kind() == MediaKind.AUDIO || !sound)
                        && stream.direction().sends()
                        && !stream.remoteRtp().getAddress().isAnyLocalAddress());
    }
}
