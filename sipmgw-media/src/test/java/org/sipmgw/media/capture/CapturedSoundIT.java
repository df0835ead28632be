package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.media.gst.RtpAudioDecoder;
import org.sipmgw.sdp.RtpCodec;

/** What is played is what a receiver hears, for each codec and packet time. */
@Tag("media")
class CapturedSoundIT {

    private static final int TONE_HZ = 700;

    @ParameterizedTest
    @CsvSource({"opus,20", "opus,60", "opus,10", "G722,20", "PCMU,20", "PCMU,30", "PCMA,20", "PCMA,10"})
    void theToneOfTheSpeakerIsHeard(String name, int packetTimeMs) throws Exception {
        RtpCodec codec = Streams.audio(name);
        try (Room room = new Room(64, 64)) {
            room.programs.add(room.speaker.play("audiotestsrc volume=0.5 freq=" + TONE_HZ));
            Await.sleep(500);
            try (RoomCapture capture = room.open(room.sound(codec, packetTimeMs))) {
                Await.until("2.5 s of sound", 10_000, () -> room.audio.all().size() * packetTimeMs > 2500);
            }
            assertThat(room.faults).isEmpty();
            List<Packets.Packet> packets = room.audio.all();
            int ticks = codec.clockRateHz() / 1000 * packetTimeMs;
            int jumps = 0;
            for (int i = 1; i < packets.size(); i++) {
                assertThat(packets.get(i).sequence())
                        .isEqualTo(packets.get(i - 1).sequence() + 1 & 0xffff);
                jumps += packets.get(i).timestamp() - packets.get(i - 1).timestamp() == ticks ? 0 : 1;
            }
            assertThat(jumps).as("jumps of the timestamp after the start").isLessThanOrEqualTo(1);
            assertThat(packets).allSatisfy(p -> assertThat(p.payloadType()).isEqualTo(codec.payloadType()));
            assertThat(packets.get(0).marker()).isTrue();
            assertHeard(codec, packets);
        }
    }

    private static void assertHeard(RtpCodec codec, List<Packets.Packet> packets) {
        short[] heard = new short[48_000 * 4];
        AtomicInteger count = new AtomicInteger();
        try (RtpAudioDecoder decoder = new RtpAudioDecoder(codec, (samples, n, timestamp) -> {
            int taken = Math.min(n, heard.length - count.get());
            System.arraycopy(samples, 0, heard, count.get(), taken);
            count.addAndGet(taken);
        })) {
            packets.forEach(p -> decoder.packet(p.bytes(), 0, p.bytes().length));
            Await.until("2 s of decoded sound", 5_000, () -> count.get() > 96_000);
            assertThat(decoder.fault()).isEmpty();
        }
        double tone = Tones.power(heard, 48_000, 96_000, TONE_HZ);
        double all = Tones.power(heard, 48_000, 96_000);
        assertThat(tone / all).as("share of the tone in what is heard").isGreaterThan(0.9);
        assertThat(Math.sqrt(all)).as("loudness").isGreaterThan(2000);
    }
}
