package org.sipmgw.media.gst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.sdp.RtpCodec;

@Tag("media")
class PreparedStreamIT {

    @ParameterizedTest
    @CsvSource({"H264,0", "H264,1", "VP8,0"})
    void picturesThatWereDrawnAreTheOnesThatAreDecoded(String name, String mode) throws Exception {
        RtpCodec codec = new RtpCodec(name, 96, 90_000, 1, Map.of("packetization-mode", mode));
        PreparedStream stream = StreamPreparation.video(
                codec,
                320,
                180 / 2 * 2,
                30,
                500_000,
                60,
                (frame, i420) -> Arrays.fill(i420, 0, 320 * 180, shade(frame)));
        assertThat(stream.units()).hasSize(60);
        assertThat(stream.ticksPerUnit()).isEqualTo(3000);
        List<DecodedPicture> pictures = new CopyOnWriteArrayList<>();
        int start = 0xffff_ff00;
        try (RtpVideoDecoder decoder = new RtpVideoDecoder(codec, p -> pictures.add(p.copy()))) {
            int sequence = 65_500;
            for (int frame = 0; frame < 60; frame++) {
                for (byte[] packet : stream.units().get(frame)) {
                    PreparedStream.stamp(packet, sequence++, start + frame * 3000, 7);
                    decoder.packet(packet, 0, packet.length);
                }
            }
            waitFor(() -> pictures.size() >= 60);
            assertThat(decoder.fault()).isEmpty();
        }
        for (int frame = 0; frame < 60; frame++) {
            DecodedPicture picture = pictures.get(frame);
            assertThat(picture.width()).isEqualTo(320);
            assertThat(picture.height()).isEqualTo(180);
            assertThat(picture.rtpTimestamp()).isEqualTo(start + frame * 3000);
            assertThat(picture.luma(160, 90)).isBetween((shade(frame) & 0xff) - 6, (shade(frame) & 0xff) + 6);
            assertThat(picture.cb(160, 90)).isBetween(122, 134);
        }
    }

    @ParameterizedTest
    @CsvSource({"opus,48000,111", "G722,8000,9", "PCMU,8000,0", "PCMA,8000,8"})
    void aToneThatWasPreparedIsHeard(String name, int clockRateHz, int payloadType) throws Exception {
        RtpCodec codec = new RtpCodec(name, payloadType, clockRateHz, 1, Map.of());
        short[] tone = new short[48_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * 1000 * i / 48_000));
        }
        PreparedStream stream = StreamPreparation.audio(codec, 20, tone);
        assertThat(stream.units()).hasSize(50);
        List<Short> heard = new ArrayList<>();
        List<Integer> timestamps = new CopyOnWriteArrayList<>();
        try (RtpAudioDecoder decoder = new RtpAudioDecoder(codec, (samples, count, timestamp) -> {
            timestamps.add(timestamp);
            synchronized (heard) {
                for (int i = 0; i < count; i++) {
                    heard.add(samples[i]);
                }
            }
        })) {
            for (int i = 0; i < 50; i++) {
                byte[] packet = stream.units().get(i).get(0);
                PreparedStream.stamp(packet, i, 1000 + i * stream.ticksPerUnit(), 7);
                decoder.packet(packet, 0, packet.length);
            }
            waitFor(() -> size(heard) >= 46_000);
            assertThat(decoder.fault()).isEmpty();
        }
        assertThat(timestamps.get(0)).isEqualTo(1000);
        assertThat(timestamps).isSorted();
        assertThat(crossings(heard, 10_000, 40_000)).isBetween(615, 635);
    }

    private static byte shade(int frame) {
        return (byte) (40 + frame * 3);
    }

    private static int size(List<Short> heard) {
        synchronized (heard) {
            return heard.size();
        }
    }

    /** How often the sound goes from negative to positive: frequency times duration. */
    private static int crossings(List<Short> heard, int from, int to) {
        int crossings = 0;
        for (int i = from + 1; i < to; i++) {
            crossings += heard.get(i - 1) < 0 && heard.get(i) >= 0 ? 1 : 0;
        }
        return crossings;
    }

    private static void waitFor(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
