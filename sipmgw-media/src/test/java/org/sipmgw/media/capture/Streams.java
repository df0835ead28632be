package org.sipmgw.media.capture;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;
import org.sipmgw.sdp.VideoLimits;

/** Negotiated streams for tests. */
final class Streams {
    static final VideoLimits HD = new VideoLimits(1280, 720, 30, 2_000_000);
    static final VideoLimits SMALL = new VideoLimits(640, 360, 30, 800_000);

    private Streams() {}

    static RtpCodec h264(String profileLevelId, int mode) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("profile-level-id", profileLevelId);
        parameters.put("packetization-mode", Integer.toString(mode));
        return new RtpCodec("H264", 97, 90_000, 1, parameters);
    }

    static RtpCodec vp8() {
        return new RtpCodec("VP8", 98, 90_000, 1, Map.of());
    }

    static RtpCodec audio(String name) {
        return switch (name) {
            case "opus" -> new RtpCodec("opus", 111, 48_000, 2, Map.of());
            case "G722" -> new RtpCodec("G722", 9, 8_000, 1, Map.of());
            case "PCMU" -> new RtpCodec("PCMU", 0, 8_000, 1, Map.of());
            case "PCMA" -> new RtpCodec("PCMA", 8, 8_000, 1, Map.of());
            default -> throw new IllegalArgumentException(name);
        };
    }

    static NegotiatedStream video(RtpCodec codec, VideoLimits limits) {
        return stream(MediaKind.VIDEO, codec, Optional.of(limits), 20);
    }

    static NegotiatedStream sound(RtpCodec codec, int packetTimeMs) {
        return stream(MediaKind.AUDIO, codec, Optional.empty(), packetTimeMs);
    }

    static OutgoingStream out(NegotiatedStream negotiated, PacketSink sink) {
        int rate = negotiated.codec().clockRateHz();
        return new OutgoingStream(negotiated, new RtpNumbering(0x12345678, rate, 65_530, 0x7fff_0000), sink);
    }

    private static NegotiatedStream stream(
            MediaKind kind, RtpCodec codec, Optional<VideoLimits> limits, int packetTimeMs) {
        InetSocketAddress nowhere = new InetSocketAddress("127.0.0.1", 9);
        return new NegotiatedStream(
                0,
                kind,
                Direction.SENDRECV,
                codec,
                Optional.empty(),
                nowhere,
                nowhere,
                true,
                Set.of(),
                limits,
                packetTimeMs,
                MediaSecurity.plain(),
                RtpOptions.none());
    }
}
