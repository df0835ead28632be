package org.sipmgw.media.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.sipmgw.media.gst.PreparedStream;
import org.sipmgw.media.gst.StreamPreparation;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.sdp.RtpCodec;

/** A stream made by a real encoder, played as a room would. */
public final class Source {
    private static final int SSRC = 77;

    /** Packets that come in order: nobody can know that one before the first is still to come. */
    private static final int BEGINNING = 10;

    private final RtpCodec codec;
    private final PreparedStream stream;
    private final boolean swapped;
    private int sequence = 65_500;
    private int timestamp = 0xffff_0000;

    private Source(RtpCodec codec, PreparedStream stream, boolean swapped) {
        this.codec = codec;
        this.stream = stream;
        this.swapped = swapped;
    }

    /** Pictures that grow lighter: frame n has the luma 40 + 4n, from the 45th on 216. */
    public static Source shades(RtpCodec codec, int width, int height, int frames) {
        return new Source(
                codec,
                StreamPreparation.video(
                        codec,
                        width,
                        height,
                        30,
                        400_000,
                        frames,
                        (frame, i420) -> Arrays.fill(i420, 0, width * height, (byte) (40 + 4 * Math.min(44, frame)))),
                false);
    }

    /** A sine. */
    public static Source tone(RtpCodec codec, int hertz, int seconds) {
        short[] tone = new short[48_000 * seconds];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * i / 48_000));
        }
        return new Source(codec, StreamPreparation.audio(codec, 20, tone), false);
    }

    /** Each second packet comes before the one that it follows. */
    Source withPairsSwapped() {
        return new Source(codec, stream, true);
    }

    /** Plays it once; goes on where the last turn ended. */
    public void play(PacketSink sink) throws InterruptedException {
        List<List<byte[]>> turn = new ArrayList<>();
        for (List<byte[]> unit : stream.units()) {
            List<byte[]> packets = new ArrayList<>();
            for (byte[] packet : unit) {
                byte[] copy = packet.clone();
                PreparedStream.stamp(copy, sequence++, timestamp, SSRC);
                packets.add(copy);
            }
            turn.add(packets);
            timestamp += stream.ticksPerUnit();
        }
        byte[] held = new byte[0];
        int sent = 0;
        for (List<byte[]> packets : turn) {
            for (byte[] packet : packets) {
                if (swapped && held.length == 0 && ++sent > BEGINNING) {
                    held = packet;
                    continue;
                }
                sink.packet(packet, 0, packet.length);
                if (held.length > 0) {
                    sink.packet(held, 0, held.length);
                    held = new byte[0];
                }
            }
            Thread.sleep(stream.nsPerUnit() / 1_000_000);
        }
        if (held.length > 0) {
            sink.packet(held, 0, held.length);
        }
    }

    /** Whether an H.264 packet holds parameter sets, which come before each key frame and nowhere else. */
    static boolean beginsKeyFrame(byte[] packet, int offset, int length) {
        int type = packet[offset + 12] & 0x1f;
        boolean found = type == 7;
        for (int at = offset + 13; type == 24 && at + 2 < offset + length; ) {
            found |= (packet[at + 2] & 0x1f) == 7;
            at += 2 + ((packet[at] & 0xff) << 8) + (packet[at + 1] & 0xff);
        }
        return found;
    }

    /** How often the sound goes from negative to positive: frequency times duration. */
    public static int crossings(List<Short> heard, int from, int to) {
        int crossings = 0;
        for (int i = from + 1; i < to; i++) {
            crossings += heard.get(i - 1) < 0 && heard.get(i) >= 0 ? 1 : 0;
        }
        return crossings;
    }

    public static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
