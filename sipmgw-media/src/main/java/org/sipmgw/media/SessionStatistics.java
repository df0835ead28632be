package org.sipmgw.media;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sipmgw.media.capture.CaptureStatistics;
import org.sipmgw.media.rtp.PictureCounter;
import org.sipmgw.media.rtp.ReceiveStatistics;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaStatistics;
import org.sipmgw.spi.MediaStatistics.Way;

/** Gathers the counters of a session. On the media thread. */
final class SessionStatistics {
    private final Collection<RoomTrack> tracks;
    private final PageLeg page;
    private final CaptureLeg capture;
    private final Map<MediaKind, String> codecs = new EnumMap<>(MediaKind.class);

    SessionStatistics(Collection<RoomTrack> tracks, PageLeg page, CaptureLeg capture) {
        this.tracks = tracks;
        this.page = page;
        this.capture = capture;
    }

    MediaStatistics snapshot() {
        List<MediaStatistics.Stream> streams = new ArrayList<>();
        for (RoomTrack track : tracks) {
            NegotiatedStream agreed = track.stream();
            if (agreed != null) {
                codecs.put(track.kind(), agreed.codec().name());
            }
            String codec = codecs.get(track.kind());
            if (codec != null) {
                streams.add(fromRoom(track, codec));
                streams.add(toRoom(track, codec));
            }
        }
        return new MediaStatistics(streams);
    }

    private MediaStatistics.Stream fromRoom(RoomTrack track, String codec) {
        ReceiveStatistics received = track.statistics();
        PictureCounter pictures = track.pictures().counter();
        return new MediaStatistics.Stream(
                Way.ROOM_TO_CONFERENCE,
                track.kind(),
                codec,
                received.packets(),
                received.payloadBytes(),
                received.lost(),
                received.reordered(),
                received.duplicates() + track.path().ends().of(PathStatus.REPLAYED),
                track.path().ends().dropped() + page.output(track.kind()).lost(),
                received.jitterMs(),
                pictures.frames(),
                pictures.keyFrames(),
                pictures.width(),
                pictures.height(),
                track.security().description(),
                track.path().ends().of(PathStatus.FORGED));
    }

    private MediaStatistics.Stream toRoom(RoomTrack track, String codec) {
        OutgoingTrack outgoing = track.outgoing();
        CaptureStatistics made = capture.statistics(track.kind());
        return new MediaStatistics.Stream(
                Way.CONFERENCE_TO_ROOM,
                track.kind(),
                codec,
                outgoing.packets(),
                outgoing.octets(),
                outgoing.lost(),
                0,
                0,
                made.dropped() + outgoing.sink().dropped(),
                outgoing.jitterMs(),
                made.frames(),
                made.keyFrames(),
                made.width(),
                made.height(),
                track.security().description(),
                0);
    }
}
