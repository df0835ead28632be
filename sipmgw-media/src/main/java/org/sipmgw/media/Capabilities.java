package org.sipmgw.media;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.SrtpSuite;
import org.sipmgw.sdp.VideoLimits;

/** What can be forwarded into a page and encoded for a room, in order of preference. */
final class Capabilities {
    private Capabilities() {}

    static MediaCapabilities of(VideoLimits receiveLimits) {
        return new MediaCapabilities(
                List.of(
                        new RtpCodec("opus", 111, 48_000, 2, Map.of("useinbandfec", "1")),
                        // 8000 although it samples at 16 kHz: RFC 3551 section 4.5.2
                        new RtpCodec("G722", 9, 8_000, 1, Map.of()),
                        new RtpCodec("PCMU", 0, 8_000, 1, Map.of()),
                        new RtpCodec("PCMA", 8, 8_000, 1, Map.of()),
                        new RtpCodec("telephone-event", 101, 8_000, 1, Map.of("0-15", ""))),
                List.of(
                        h264(96, "42e01f", 1),
                        h264(97, "42e01f", 0),
                        h264(98, "4d001f", 1),
                        h264(99, "64001f", 1),
                        new RtpCodec("VP8", 100, 90_000, 1, Map.of())),
                receiveLimits,
                Set.of(SrtpSuite.values()));
    }

    private static RtpCodec h264(int payloadType, String profileLevelId, int mode) {
        return new RtpCodec(
                "H264",
                payloadType,
                90_000,
                1,
                new TreeMap<>(
                        Map.of("profile-level-id", profileLevelId, "packetization-mode", Integer.toString(mode))));
    }
}
