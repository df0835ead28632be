package org.sipmgw.media.gst;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sipmgw.spi.DeviceException;

/**
 * Which element does a piece of work: a list, best first. Hardware stands before software, but is taken only when it has
 * proven to work here with a test frame; of software it is enough that it is installed.
 *
 * @param work what for, for people
 * @param rungs the elements, best first
 * @param proof how hardware is put to the test; empty where there is none
 */
public record Ladder(String work, List<GstElement> rungs, Optional<FrameProof> proof) {

    public Ladder {
        rungs = List.copyOf(rungs);
    }

    /** Decoders of a codec by its name in SDP; no rung where GStreamer has none. */
    public static Ladder decoders(String codec) {
        return switch (codec.toUpperCase(Locale.ROOT)) {
            case "H264" ->
                of(
                        "decodes H.264",
                        FrameProof.H264,
                        GstElement.VAH264DEC,
                        GstElement.NVH264DEC,
                        GstElement.V4L2H264DEC,
                        GstElement.H264DEC,
                        GstElement.OPENH264DEC);
            case "H265" ->
                of(
                        "decodes H.265",
                        FrameProof.H265,
                        GstElement.VAH265DEC,
                        GstElement.NVH265DEC,
                        GstElement.V4L2H265DEC,
                        GstElement.H265DEC,
                        GstElement.LIBDE265DEC);
            case "VP8" ->
                of(
                        "decodes VP8",
                        FrameProof.VP8,
                        GstElement.VAVP8DEC,
                        GstElement.V4L2VP8DEC,
                        GstElement.VP8DEC,
                        GstElement.AVVP8DEC);
            case "H263", "H263-1998", "H263-2000" -> software("decodes H.263", GstElement.H263DEC);
            case "OPUS" -> software("decodes Opus", GstElement.OPUSDEC);
            case "G722" -> software("decodes G.722", GstElement.G722DEC);
            case "PCMU" -> software("decodes PCMU", GstElement.MULAWDEC);
            case "PCMA" -> software("decodes PCMA", GstElement.ALAWDEC);
            case "MP4A-LATM", "MPEG4-GENERIC" ->
                software("decodes AAC", GstElement.FDKAACDEC, GstElement.AACDEC, GstElement.FAAD);
            case "SIREN" -> software("decodes Siren", GstElement.SIRENDEC);
            default -> software("decodes " + codec);
        };
    }

    /** Encoders of H.264. */
    public static Ladder h264Encoders() {
        return of(
                "encodes H.264",
                FrameProof.PICTURE,
                GstElement.VAH264ENC,
                GstElement.NVH264ENC,
                GstElement.V4L2H264ENC,
                GstElement.X264ENC,
                GstElement.OPENH264ENC);
    }

    private static Ladder of(String work, FrameProof proof, GstElement... rungs) {
        return new Ladder(work, List.of(rungs), Optional.of(proof));
    }

    private static Ladder software(String work, GstElement... rungs) {
        return new Ladder(work, List.of(rungs), Optional.empty());
    }

    /**
     * The first element that works here.
     *
     * @throws DeviceException when none does, with what to install
     */
    public GstElement best() {
        GstRuntime runtime = GstRuntime.load();
        return rungs.stream()
                .filter(runtime::installed)
                .filter(rung -> !rung.hardware() || works(rung, runtime))
                .findFirst()
                .orElseThrow(this::nothing);
    }

    private boolean works(GstElement rung, GstRuntime runtime) {
        return proof.isPresent() && runtime.proven(rung, proof.get());
    }

    private DeviceException nothing() {
        List<GstElement> software =
                rungs.stream().filter(rung -> !rung.hardware()).toList();
        if (software.isEmpty()) {
            return new DeviceException(
                    "GStreamer", "find", "no plugin of GStreamer " + work + "; agree on another codec");
        }
        String names = software.stream()
                .map(rung -> rung.elementName() + " (" + rung.debianPackage() + ")")
                .collect(Collectors.joining(" or "));
        return new DeviceException(
                "GStreamer",
                "find",
                "nothing " + work + ": the element " + names + " is missing; install the Debian package "
                        + software.get(0).debianPackage());
    }
}
