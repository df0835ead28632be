package org.sipmgw.spi;

import java.util.List;
import org.sipmgw.sdp.MediaKind;

/**
 * Counters of one call's media since it began.
 *
 * @param streams one entry per direction and kind that is or was active
 */
public record MediaStatistics(List<Stream> streams) {

    /** No stream yet. */
    public static MediaStatistics none() {
        return new MediaStatistics(List.of());
    }

    /** Which way a stream goes. */
    public enum Way {
        ROOM_TO_CONFERENCE,
        CONFERENCE_TO_ROOM
    }

    /**
     * One stream.
     *
     * @param way which way
     * @param kind audio or video
     * @param codec encoding name
     * @param packets packets received from the room, or sent to it
     * @param bytes payload bytes
     * @param lost packets missing in the sequence, or reported missing by the room
     * @param reordered packets that came late
     * @param duplicates packets that came twice
     * @param dropped packets or frames dropped by the gateway, malformed ones included
     * @param jitterMs interarrival jitter, RFC 3550 section 6.4.1
     * @param frames pictures received or encoded
     * @param keyFrames key frames received or encoded
     * @param width of the newest picture, 0 where unknown
     * @param height of the newest picture, 0 where unknown
     * @param protection how packets are protected: {@code none}, or {@code SDES} or {@code DTLS} and the suite
     * @param forged packets of the room that were not authentic; none of them went any further
     */
    public record Stream(
            Way way,
            MediaKind kind,
            String codec,
            long packets,
            long bytes,
            long lost,
            long reordered,
            long duplicates,
            long dropped,
            double jitterMs,
            long frames,
            long keyFrames,
            int width,
            int height,
            String protection,
            long forged) {}
}
