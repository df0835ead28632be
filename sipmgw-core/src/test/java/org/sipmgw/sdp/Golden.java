package org.sipmgw.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The golden descriptions, and the capabilities that the tests negotiate with. */
public final class Golden {

    static final List<String> NAMES = List.of(
            "poly-g7500",
            "cisco-ce",
            "cisco-jabber",
            "baresip",
            "linphone",
            "chromium-webrtc",
            "poly-g7500-srtp",
            "cisco-ce-srtp",
            "baresip-srtp",
            "baresip-dtls-srtp");

    private Golden() {}

    static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(Golden.class.getResourceAsStream("golden/" + name + ".sdp"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SessionDescription offer(String name) throws SdpException {
        return SessionDescription.parse(text(name));
    }

    /** Opus, G.722, PCMU, PCMA, digits; H.264 of all profiles in both modes, VP8; 720p30 at 4 Mbit/s. */
    public static MediaCapabilities capabilities() {
        return new MediaCapabilities(
                List.of(
                        new RtpCodec("opus", 96, 48_000, 2, Map.of("useinbandfec", "1")),
                        new RtpCodec("G722", 9, 8000, 1, Map.of()),
                        new RtpCodec("PCMU", 0, 8000, 1, Map.of()),
                        new RtpCodec("PCMA", 8, 8000, 1, Map.of()),
                        new RtpCodec("telephone-event", 101, 8000, 1, Map.of("0-16", ""))),
                List.of(
                        h264(102, "42e01f", 1),
                        h264(103, "42e01f", 0),
                        h264(104, "4d001f", 1),
                        h264(105, "64001f", 1),
                        new RtpCodec("VP8", 106, 90_000, 1, Map.of())),
                new VideoLimits(1280, 720, 30, 4_000_000));
    }

    static RtpCodec h264(int payloadType, String profileLevelId, int mode) {
        return new RtpCodec(
                "H264",
                payloadType,
                90_000,
                1,
                Map.of("profile-level-id", profileLevelId, "packetization-mode", Integer.toString(mode)));
    }

    static LocalMedia media() {
        return media("198.51.100.7");
    }

    static LocalMedia media(String address) {
        try {
            return new LocalMedia(InetAddress.getByName(address), 40_000, 40_002);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Negotiator negotiator() {
        return new Negotiator(media(), capabilities(), 4711);
    }

    /** A description of these lines after an ordinary session part. */
    static SessionDescription session(String... lines) throws SdpException {
        return SessionDescription.parse(
                "v=0\no=room 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n" + String.join("\n", lines));
    }

    /** The only stream of {@code kind}. */
    static NegotiatedStream stream(Negotiation negotiation, MediaKind kind) {
        return negotiation.streams().stream()
                .filter(stream -> stream.kind() == kind)
                .reduce((one, two) -> {
                    throw new AssertionError("two streams of " + kind);
                })
                .orElseThrow(() -> new AssertionError("no stream of " + kind));
    }
}
