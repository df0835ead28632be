package org.sipmgw.testsupport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@link Tones} encoded in advance, in packets of 20 ms, to be played in a loop of eight seconds.
 *
 * @param codec {@code opus}, {@code G722}, {@code PCMU} or {@code PCMA}
 * @param rtpClockHz the RTP clock
 * @param payloads RTP payloads
 */
public record PreparedAudio(String codec, int rtpClockHz, List<byte[]> payloads) {

    static final int PACKET_MS = 20;
    private static final int PACKETS = PreparedVideo.LOOP_SECONDS * 1000 / PACKET_MS;

    /** Encodes eight seconds. */
    public static PreparedAudio of(Tones tones, String codec) throws IOException {
        return switch (codec.toLowerCase(Locale.ROOT)) {
            case "opus" -> new PreparedAudio("opus", 48_000, opus(tones));
            case "g722" -> new PreparedAudio("G722", 8000, cut(encode(tones, 16_000, "g722", "g722")));
            case "pcmu" -> new PreparedAudio("PCMU", 8000, cut(encode(tones, 8000, "pcm_mulaw", "mulaw")));
            case "pcma" -> new PreparedAudio("PCMA", 8000, cut(encode(tones, 8000, "pcm_alaw", "alaw")));
            default -> throw new IllegalArgumentException(codec + " is none of opus, g722, pcmu, pcma");
        };
    }

    /** RTP clock ticks in a packet. */
    public int packetTicks() {
        return rtpClockHz * PACKET_MS / 1000;
    }

    private static List<byte[]> opus(Tones tones) throws IOException {
        List<byte[]> packets = Ffmpeg.run(
                List.of(
                        "-f",
                        "s16le",
                        "-ar",
                        "48000",
                        "-ac",
                        "1",
                        "-i",
                        "-",
                        "-c:a",
                        "libopus",
                        "-b:a",
                        "48000",
                        "-application",
                        "lowdelay",
                        "-frame_duration",
                        "20",
                        "-f",
                        "ogg",
                        "-"),
                out -> out.write(bytes(tones.samples(48_000, PreparedVideo.LOOP_SECONDS))),
                in -> Ogg.packets(in.readAllBytes()));
        if (packets.size() < PACKETS) {
            throw new IOException(packets.size() + " Opus packets came out instead of " + PACKETS);
        }
        return List.copyOf(packets.subList(0, PACKETS));
    }

    private static byte[] encode(Tones tones, int sampleRate, String encoder, String format) throws IOException {
        return Ffmpeg.run(
                List.of(
                        "-f",
                        "s16le",
                        "-ar",
                        Integer.toString(sampleRate),
                        "-ac",
                        "1",
                        "-i",
                        "-",
                        "-c:a",
                        encoder,
                        "-f",
                        format,
                        "-"),
                out -> out.write(bytes(tones.samples(sampleRate, PreparedVideo.LOOP_SECONDS))),
                java.io.InputStream::readAllBytes);
    }

    private static List<byte[]> cut(byte[] encoded) {
        int size = encoded.length / PACKETS;
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            payloads.add(Arrays.copyOfRange(encoded, i * size, (i + 1) * size));
        }
        return List.copyOf(payloads);
    }

    static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }
}
