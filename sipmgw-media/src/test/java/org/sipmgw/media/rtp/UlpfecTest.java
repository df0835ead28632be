package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lost packets made from parity (RFC 5109), which is made here as the RFC's section 8 has it. */
@Tag("network")
class UlpfecTest {
    private static final int SSRC = 0x77;
    private static final int BASE = 65_530;

    private final Random random = new Random(20_261_124);
    private final Ulpfec parity = new Ulpfec();
    private final Packet made = new Packet(new byte[PacketPool.ORDINARY]);

    private List<byte[]> packets(int count) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Packet packet = new Packet(new byte[1_400]).view(0, 12 + 1 + random.nextInt(1_200));
            random.nextBytes(packet.buffer());
            packet.buffer()[0] = (byte) 0x80;
            packet.payloadType(96);
            packet.marker(i % 3 == 2);
            packet.sequence(BASE + i & 0xFFFF);
            packet.timestamp(i / 3 * 3_000);
            packet.ssrc(SSRC);
            packets.add(Rtp.bytes(packet));
        }
        return packets;
    }

    /** One level, all packets covered. */
    private static byte[] parityOf(List<byte[]> packets) {
        int maskBytes = packets.size() > 16 ? 6 : 2;
        int longest =
                packets.stream().mapToInt(bytes -> bytes.length - 12).max().orElseThrow();
        int start = 10 + 2 + maskBytes;
        byte[] out = new byte[start + longest];
        int length = 0;
        for (int i = 0; i < packets.size(); i++) {
            byte[] bytes = packets.get(i);
            out[0] ^= bytes[0];
            out[1] ^= bytes[1];
            for (int at = 4; at < 8; at++) {
                out[at] ^= bytes[at];
            }
            length ^= bytes.length - 12;
            for (int at = 12; at < bytes.length; at++) {
                out[start + at - 12] ^= bytes[at];
            }
            out[12 + i / 8] |= (byte) (0x80 >> i % 8);
        }
        out[0] = (byte) ((out[0] & 0x3F) | (maskBytes == 6 ? 0x40 : 0));
        Bytes.int16(out, 2, BASE);
        Bytes.int16(out, 8, length);
        Bytes.int16(out, 10, longest);
        return out;
    }

    private void media(byte[] bytes) {
        parity.media(new Packet(bytes).view(0, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 17, 48})
    void oneLostPacketIsMadeBitByBit(int count) {
        List<byte[]> packets = packets(count);
        for (int lost = 0; lost < count; lost++) {
            Ulpfec fresh = new Ulpfec();
            // of another time, so that the stream is known
            Packet before = new Packet(packets.get(0).clone()).view(0, packets.get(0).length);
            before.sequence(BASE - 100);
            fresh.media(before);
            for (int i = 0; i < count; i++) {
                if (i != lost) {
                    fresh.media(new Packet(packets.get(i)).view(0, packets.get(i).length));
                }
            }
            byte[] bytes = parityOf(packets);
            fresh.parity(bytes, 0, bytes.length);
            assertThat(fresh.recover(made)).isTrue();
            assertThat(Rtp.bytes(made)).isEqualTo(packets.get(lost));
            assertThat(fresh.recover(made)).isFalse();
        }
    }

    @Test
    void ofTwoLostPacketsOneIsMadeWhenTheOtherComes() {
        List<byte[]> packets = packets(10);
        byte[] bytes = parityOf(packets);
        packets.subList(2, 10).forEach(this::media);
        parity.parity(bytes, 0, bytes.length);
        assertThat(parity.recover(made)).isFalse();
        media(packets.get(0));
        assertThat(parity.recover(made)).isTrue();
        assertThat(Rtp.bytes(made)).isEqualTo(packets.get(1));
        assertThat(parity.recovered()).isEqualTo(1);
    }

    @Test
    void whatIsNotWhollyProtectedIsNotMade() {
        List<byte[]> packets = packets(4);
        byte[] bytes = parityOf(packets);
        Bytes.int16(bytes, 10, 1);
        packets.subList(1, 4).forEach(this::media);
        parity.parity(bytes, 0, bytes.length);
        assertThat(parity.recover(made)).isFalse();
    }

    @Test
    void noParityDoesHarm() {
        packets(40).forEach(this::media);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 20) {
                Bytes.int16(bytes, 2, BASE + random.nextInt(40));
                bytes[10] = 0;
            }
            parity.parity(bytes, 0, bytes.length);
            if (parity.recover(made)) {
                assertThat(made.isRtp()).isTrue();
            }
        }
    }

    @Test
    void theHeaderOfRedundantDataIsTakenOut() {
        Packet packet = new Packet(new byte[64]).copyOf(Rtp.packet(121, 7, 5, SSRC, 96, 1, 2, 3));
        assertThat(Red.unwrap(packet)).isEqualTo(96);
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.sequence()).isEqualTo(7);
        assertThat(Rtp.payload(packet)).containsExactly(1, 2, 3);
        assertThat(Red.unwrap(new Packet(new byte[64]).copyOf(Rtp.packet(121, 7, 5, SSRC, 0x80 | 96, 1, 2, 3))))
                .isEqualTo(-1);
        assertThat(Red.unwrap(new Packet(new byte[64]).copyOf(Rtp.packet(121, 7, 5, SSRC))))
                .isEqualTo(-1);
    }
}
