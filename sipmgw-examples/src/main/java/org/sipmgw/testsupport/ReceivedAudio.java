package org.sipmgw.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What can be heard in received audio. The time of a sample is the arrival of its packet.
 *
 * @param beeps of the tones that were listened for
 * @param packets how many packets were decoded
 */
public record ReceivedAudio(List<ToneReader.Beep> beeps, int packets) {

    /** Decodes packets of one codec ({@code opus}, {@code G722}, {@code PCMU}, {@code PCMA}). */
    public static ReceivedAudio decode(List<RtpPacket> packets, String codec, Tones tones) throws IOException {
        List<RtpPacket> ordered = RtpSequence.ordered(packets).stream()
                .filter(p -> p.payload().length > 4)
                .toList();
        if (ordered.isEmpty()) {
            return new ReceivedAudio(List.of(), 0);
        }
        boolean opus = codec.toLowerCase(Locale.ROOT).equals("opus");
        int rate = opus ? 48_000 : codec.toLowerCase(Locale.ROOT).equals("g722") ? 16_000 : 8000;
        short[] samples = opus ? opus(ordered) : plain(ordered, codec, rate);
        ToneReader reader = new ToneReader(tones, rate);
        int at = 0;
        for (RtpPacket packet : ordered) {
            int count = opus ? Ogg.samples(packet.payload()) : packet.payload().length * (rate / 8000);
            count = Math.min(count, samples.length - at);
            reader.hear(samples, at, count, packet.arrivalNs());
            at += count;
        }
        return new ReceivedAudio(reader.beeps(), ordered.size());
    }

    /** How many of the eight pitches were heard. */
    public long pitches() {
        return beeps.stream().map(ToneReader.Beep::index).distinct().count();
    }

    private static short[] opus(List<RtpPacket> packets) throws IOException {
        List<byte[]> payloads = packets.stream().map(RtpPacket::payload).toList();
        return samples(Ffmpeg.run(
                List.of("-f", "ogg", "-i", "-", "-f", "s16le", "-ac", "1", "-ar", "48000", "-"),
                out -> Ogg.write(out, payloads, 2),
                InputStream::readAllBytes));
    }

    private static short[] plain(List<RtpPacket> packets, String codec, int rate) throws IOException {
        String format = switch (codec.toLowerCase(Locale.ROOT)) {
            case "g722" -> "g722";
            case "pcmu" -> "mulaw";
            case "pcma" -> "alaw";
            default -> throw new IllegalArgumentException(codec);
        };
        List<String> arguments = new ArrayList<>(List.of("-f", format));
        if (rate == 8000) {
            arguments.addAll(List.of("-ar", "8000", "-ac", "1"));
        }
        arguments.addAll(List.of("-i", "-", "-f", "s16le", "-ac", "1", "-ar", Integer.toString(rate), "-"));
        return samples(Ffmpeg.run(
                arguments,
                out -> {
                    for (RtpPacket packet : packets) {
                        out.write(packet.payload());
                    }
                },
                InputStream::readAllBytes));
    }

    private static short[] samples(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
