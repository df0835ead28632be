package org.sipmgw.testsupport;

/**
 * What a {@link BaresipPhone} is set to. It offers H.264 as its module does: which packetization mode cannot be set.
 *
 * @param videoCodec {@code H264} or {@code VP8}
 * @param audioCodec {@code opus}, {@code G722}, {@code PCMU} or {@code PCMA}
 * @param width pixels
 * @param height pixels
 * @param bitrateBps of its picture
 * @param seconds how long its sound lasts: the longest call
 * @param encryption its account's {@code mediaenc}: {@code none}, {@code srtp}, {@code srtp-mand}, {@code srtp-mandf} or {@code dtls_srtp}
 */
public record BaresipSettings(
        String videoCodec, String audioCodec, int width, int height, int bitrateBps, int seconds, String encryption) {

    /** Without encryption. */
    public BaresipSettings(String videoCodec, String audioCodec, int width, int height, int bitrateBps, int seconds) {
        this(videoCodec, audioCodec, width, height, bitrateBps, seconds, "none");
    }

    /** H.264 in mode 1 with Opus at 640x360, for calls up to two minutes. */
    public static BaresipSettings standard() {
        return new BaresipSettings("H264", "opus", 640, 360, 1_000_000, 120);
    }

    /** The same with other codecs. */
    public BaresipSettings with(String video, String audio) {
        return new BaresipSettings(video, audio, width, height, bitrateBps, seconds, encryption);
    }

    /** The same with encryption. */
    public BaresipSettings withEncryption(String mediaenc) {
        return new BaresipSettings(videoCodec, audioCodec, width, height, bitrateBps, seconds, mediaenc);
    }

    String audioModule() {
        return switch (audioCodec) {
            case "opus" -> "opus.so";
            case "G722" -> "g722.so";
            default -> "g711.so";
        };
    }

    String audioCodecs() {
        return switch (audioCodec) {
            case "opus" -> "opus/48000/2";
            case "G722" -> "G722/16000/1";
            default -> audioCodec + "/8000/1";
        };
    }
}
