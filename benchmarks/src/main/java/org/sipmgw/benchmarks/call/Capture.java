package org.sipmgw.benchmarks.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sipmgw.media.capture.CaptureEngine;
import org.sipmgw.media.capture.CaptureSettings;
import org.sipmgw.media.capture.OutgoingStream;
import org.sipmgw.media.capture.RoomCapture;
import org.sipmgw.media.capture.RtpNumbering;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;
import org.sipmgw.sdp.VideoLimits;

/** The gateway's own way from display and speaker to RTP. */
final class Capture {

    static final int BITRATE_BPS = 2_000_000;

    private static final RtpCodec H264 =
            new RtpCodec("H264", 102, 90_000, 1, Map.of("profile-level-id", "42e01f", "packetization-mode", "1"));
    private static final RtpCodec OPUS = new RtpCodec("opus", 111, 48_000, 2, Map.of());

    private Capture() {}

    static RoomCapture video(Stage stage, PacketSink sink) {
        return open(stage, MediaKind.VIDEO, H264, sink);
    }

    static RoomCapture audio(Stage stage, PacketSink sink) {
        return open(stage, MediaKind.AUDIO, OPUS, sink);
    }

    private static RoomCapture open(Stage stage, MediaKind kind, RtpCodec codec, PacketSink sink) {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        NegotiatedStream stream = new NegotiatedStream(
                0,
                kind,
                Direction.SENDONLY,
                codec,
                Optional.empty(),
                nowhere,
                nowhere,
                true,
                Set.of(),
                kind == MediaKind.VIDEO
                        ? Optional.of(new VideoLimits(Stage.WIDTH, Stage.HEIGHT, 30, BITRATE_BPS))
                        : Optional.empty(),
                20,
                MediaSecurity.plain(),
                RtpOptions.none());
        RtpNumbering numbering = new RtpNumbering(1, codec.clockRateHz(), 0, 0);
        return new CaptureEngine(CaptureSettings.defaults())
                .open(
                        stage.display(),
                        stage.speaker(),
                        List.of(new OutgoingStream(stream, numbering, sink)),
                        detail -> {
                            throw new IllegalStateException(detail);
                        });
    }
}
