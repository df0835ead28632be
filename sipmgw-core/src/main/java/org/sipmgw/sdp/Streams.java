package org.sipmgw.sdp;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns an accepted line of the other side into what the media engine must know. */
final class Streams {

    /** What a side that states nothing is taken to receive: 1280x720 at 30 frames a second, as H.264 level 3.1. */
    private static final H264Level UNSTATED = H264Level.L3_1;

    private Streams() {}

    /** How the line at {@code index} is protected now. */
    static Optional<MediaSecurity> security(List<NegotiatedStream> inForce, int index) {
        return inForce.stream()
                .filter(stream -> stream.index() == index)
                .map(NegotiatedStream::security)
                .findFirst();
    }

    /** ICE of the line at {@code index}, where there is any. */
    static Optional<IceSession> ice(List<NegotiatedStream> inForce, int index) {
        return inForce.stream()
                .filter(stream -> stream.index() == index)
                .findFirst()
                .flatMap(stream -> stream.options().ice());
    }

    static NegotiatedStream of(
            RemoteLine remote,
            InetAddress address,
            Direction direction,
            RtpCodec codec,
            Optional<RtpCodec> event,
            MediaSecurity security,
            RtpOptions options) {
        boolean video = remote.line().kind() == MediaKind.VIDEO;
        Set<RtcpFeedback> feedback = video ? remote.feedback(codec.payloadType()) : Set.of();
        return new NegotiatedStream(
                remote.index(),
                remote.line().kind(),
                direction,
                codec,
                event,
                remote.rtp(address),
                remote.rtcp(address, remote.mux()),
                remote.mux(),
                Set.copyOf(feedback),
                video ? Optional.of(remote.bounded(limits(codec))) : Optional.empty(),
                video ? 20 : remote.packetTimeMs(),
                security,
                options);
    }

    private static VideoLimits limits(RtpCodec codec) {
        if (codec.is("H264")) {
            return H264Format.of(codec.parameters())
                    .map(H264Format::limits)
                    .orElseThrow(() -> new IllegalArgumentException("unusable H.264 format was chosen"));
        }
        int maxFs =
                PayloadFormats.number(codec.parameter("max-fs", ""), 139_264).orElse(UNSTATED.maxFs());
        int maxFr = PayloadFormats.number(codec.parameter("max-fr", ""), 1000).orElse(30);
        VideoLimits limits = PictureSize.limits(maxFs, Integer.MAX_VALUE, UNSTATED.maxBr() * 1000L);
        return new VideoLimits(
                limits.maxWidth(),
                limits.maxHeight(),
                Math.max(1, Math.min(maxFr, limits.maxFrameRate())),
                limits.maxBitrateBps());
    }
}
