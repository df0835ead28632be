package org.sipmgw.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The offer of a Cisco room system, 3 kB in six media lines: read it, answer it, print the answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnswerBenchmark {

    private byte[] body = {};
    private LocalMedia media = new LocalMedia(InetAddress.getLoopbackAddress(), 40_000, 40_002);
    private MediaCapabilities capabilities = capabilities();

    @Setup
    public void load() throws IOException {
        try (InputStream in = AnswerBenchmark.class.getResourceAsStream("golden/cisco-ce.sdp")) {
            body = Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static MediaCapabilities capabilities() {
        return new MediaCapabilities(
                List.of(
                        new RtpCodec("opus", 96, 48_000, 2, Map.of("useinbandfec", "1")),
                        new RtpCodec("G722", 9, 8000, 1, Map.of()),
                        new RtpCodec("PCMU", 0, 8000, 1, Map.of()),
                        new RtpCodec("PCMA", 8, 8000, 1, Map.of()),
                        new RtpCodec("telephone-event", 101, 8000, 1, Map.of("0-16", ""))),
                List.of(
                        new RtpCodec(
                                "H264",
                                102,
                                90_000,
                                1,
                                Map.of("profile-level-id", "42e01f", "packetization-mode", "1")),
                        new RtpCodec(
                                "H264",
                                103,
                                90_000,
                                1,
                                Map.of("profile-level-id", "42e01f", "packetization-mode", "0")),
                        new RtpCodec("VP8", 104, 90_000, 1, Map.of())),
                new VideoLimits(1280, 720, 30, 4_000_000));
    }

    /** What a call does with the body of an INVITE. */
    @Benchmark
    public String parseAnswerPrint() throws SdpException, NegotiationException {
        SessionDescription offer = SessionDescription.parse(body);
        return new Negotiator(media, capabilities, 1).answer(offer).local().text();
    }

    /** Parsing alone. */
    @Benchmark
    public SessionDescription parse() throws SdpException {
        return SessionDescription.parse(body);
    }

    /** The least that any reader does: bytes to text to lines. */
    @Benchmark
    public List<String> yardstickSplitLines() {
        return new String(body, StandardCharsets.UTF_8).lines().toList();
    }
}
