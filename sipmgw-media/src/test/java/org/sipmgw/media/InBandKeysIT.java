package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.gst.RtpAudioDecoder;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;

/** Keys as tones in G.711, heard by the real decoder. */
@Tag("network")
class InBandKeysIT {
    private static final RtpCodec PCMU = new RtpCodec("PCMU", 0, 8_000, 1, Map.of());
    private static final int SAMPLES = 160;

    private final List<Character> keys = new CopyOnWriteArrayList<>();
    private final MediaListener listener = new MediaListener() {
        @Override
        public void onDtmf(char key) {
            keys.add(key);
        }
    };
    private int sequence;

    @Test
    void areHeardOnceEachUntilTheRoomSendsTelephoneEvents() throws Exception {
        new RtpAudioDecoder(PCMU, (samples, count, timestamp) -> {}).close(); // loads GStreamer
        try (BridgedMediaEngine engine =
                BridgedMediaEngine.builder().inBandKeys(true).build(new FakeCapture())) {
            BridgedMediaSession session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), listener);
            try (session;
                    FakeRoom room = new FakeRoom(MediaKind.AUDIO, session.localMedia())) {
                session.configure(List.of(room.stream(PCMU, Direction.SENDRECV)));
                // until the decoder is there
                sound(room, 100, 0, 0);
                for (int press = 0; press < 2; press++) {
                    sound(room, 8, 770, 1336);
                    sound(room, 8, 0, 0);
                }
                sound(room, 10, 941, 1477);
                sound(room, 10, 0, 0);
                assertThat(await(() -> keys.equals(List.of('5', '5', '#'))))
                        .as("%s", keys)
                        .isTrue();
                room.send(Rtp.bytes(Rtp.packet(101, sequence++, sequence * SAMPLES, 9, 1, 0x0A, 0, 160)));
                sound(room, 10, 697, 1209);
                sound(room, 20, 0, 0);
                assertThat(keys).containsExactly('5', '5', '#', '1');
            }
            assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
        }
    }

    private static boolean await(BooleanSupplier condition) {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            ChromiumPage.pause(10);
        }
        return condition.getAsBoolean();
    }

    private void sound(FakeRoom room, int packets, double low, double high) throws IOException {
        for (int i = 0; i < packets; i++) {
            int[] payload = new int[SAMPLES];
            for (int sample = 0; sample < SAMPLES; sample++) {
                double t = (sequence * (double) SAMPLES + sample) / 8_000;
                double value = 6_000 * (Math.sin(2 * Math.PI * low * t) + Math.sin(2 * Math.PI * high * t));
                payload[sample] = muLaw((int) value);
            }
            room.send(Rtp.bytes(Rtp.packet(0, sequence, sequence * SAMPLES, 9, payload)));
            sequence++;
            ChromiumPage.pause(20);
        }
    }

    /** ITU-T G.711. */
    private static int muLaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(32_635, Math.abs(sample)) + 132;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F)) & 0xFF;
    }
}
