package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jitsi.impl.neomedia.rtcp.NACKPacket;
import org.jitsi.impl.neomedia.rtcp.RTCPREMBPacket;
import org.jitsi.service.neomedia.RawPacket;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private final List<String> said = new ArrayList<>();
    private final RtcpReader reader = new RtcpReader();
    private final RtcpHandler handler = new RtcpHandler() {
        @Override
        public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
            said.add("sr %x %x %x".formatted(ssrc, ntp, rtpTimestamp));
        }

        @Override
        public void reportBlock(int source, int fractionLost, int cumulativeLost, int jitter, int lastSr, int delay) {
            said.add("block %x %d %d %d".formatted(source, fractionLost, cumulativeLost, jitter));
        }

        @Override
        public void bye(int ssrc) {
            said.add("bye %x".formatted(ssrc));
        }

        @Override
        public void pictureLoss(int media) {
            said.add("pli %x".formatted(media));
        }

        @Override
        public void fullIntra(int media, int sequence) {
            said.add("fir %x %d".formatted(media, sequence));
        }

        @Override
        public void missing(int media, int sequence) {
            said.add("nack %x %d".formatted(media, sequence));
        }

        @Override
        public void bitrateRequest(int sender, int media, int entry, long bitrateBps) {
            said.add("tmmbr %x %x %d".formatted(sender, media, bitrateBps));
        }

        @Override
        public void estimatedBitrate(long bitrateBps) {
            said.add("remb " + bitrateBps);
        }
    };

    private static String hex(Packet packet) {
        return HexFormat.of().formatHex(Rtp.bytes(packet));
    }

    private RtcpReader.Status read(byte[] bytes) {
        return reader.read(new Packet(bytes).view(0, bytes.length), handler);
    }

    @Test
    void writesACompoundByteForByte() {
        Packet packet = new Packet(new byte[512]);
        new RtcpWriter(packet)
                .senderReport(0x11223344, 0xE1E2E3E4_01020304L, 0xA0B0C0D0, 7, 1000)
                .reportBlock(0x55667788, 51, -1, 0x10068, 9, 0x01020304, 0x00010000)
                .canonicalName(0x11223344, "ab@sipmgw")
                .bye(0x11223344);
        assertThat(hex(packet))
                .isEqualTo("81c8000c" + "11223344" + "e1e2e3e401020304" + "a0b0c0d0" + "00000007" + "000003e8"
                        + "55667788" + "33ffffff" + "00010068" + "00000009" + "01020304" + "00010000"
                        + "81ca0004" + "11223344" + "0109" + "6162407369706d6777" + "00"
                        + "81cb0001" + "11223344");
        assertThat(read(Rtp.bytes(packet))).isEqualTo(RtcpReader.Status.READ);
        assertThat(said)
                .containsExactly("sr 11223344 e1e2e3e401020304 a0b0c0d0", "block 55667788 51 -1 9", "bye 11223344");
    }

    @Test
    void writesFeedbackByteForByte() {
        Packet packet = new Packet(new byte[512]);
        new RtcpWriter(packet).pictureLoss(1, 2).fullIntra(1, 2, 200).nack(1, 2, 0xFFFE, 0x8001);
        assertThat(hex(packet))
                .isEqualTo("81ce0002" + "00000001" + "00000002"
                        + "84ce0004" + "00000001" + "00000000" + "00000002" + "c8000000"
                        + "81cd0003" + "00000001" + "00000002" + "fffe8001");
        read(Rtp.bytes(packet));
        assertThat(said).containsExactlyInAnyOrder("pli 2", "fir 2 200", "nack 2 65534", "nack 2 65535", "nack 2 14");
    }

    @Test
    void readsAndAnswersABitrateRequest() {
        byte[] request = HexFormat.of().parseHex("83cd0004" + "00000009" + "00000000" + "00000002" + "1a000028");
        read(request);
        long expected = ((0x1a000028L >>> 9) & 0x1FFFF) << (0x1a000028 >>> 26);
        assertThat(said).containsExactly("tmmbr 9 2 " + expected);
        Packet packet = new Packet(new byte[64]);
        new RtcpWriter(packet).bitrateNotification(1, 9, 0x1a000028);
        assertThat(hex(packet)).isEqualTo("84cd0004" + "00000001" + "00000000" + "00000009" + "1a000028");
    }

    @Test
    void readsWhatLibjitsiWrites() throws Exception {
        RawPacket remb = new RTCPREMBPacket(1, 0, 1_500_000L, new long[] {2}).toRawPacket();
        RawPacket nack = new NACKPacket(1, 2, List.of(10, 11, 20)).toRawPacket();
        assertThat(reader.read(new Packet(remb.getBuffer()).view(remb.getOffset(), remb.getLength()), handler))
                .isEqualTo(RtcpReader.Status.READ);
        reader.read(new Packet(nack.getBuffer()).view(nack.getOffset(), nack.getLength()), handler);
        assertThat(Double.parseDouble(said.get(0).substring(5))).isBetween(1_490_000.0, 1_510_000.0);
        assertThat(said.subList(1, said.size())).containsExactlyInAnyOrder("nack 2 10", "nack 2 11", "nack 2 20");
    }

    @Test
    void whatIsMalformedSaysNothing() {
        Packet packet = new Packet(new byte[512]);
        new RtcpWriter(packet).receiverReport(1).pictureLoss(1, 2);
        byte[] good = Rtp.bytes(packet);
        for (int cut = 1; cut < good.length; cut++) {
            if (cut == 8) {
                continue;
            }
            byte[] bytes = Arrays.copyOf(good, cut);
            assertThat(read(bytes)).as("cut %d", cut).isEqualTo(RtcpReader.Status.MALFORMED);
        }
        byte[] version = good.clone();
        version[8] = 0x41;
        assertThat(read(version)).isEqualTo(RtcpReader.Status.MALFORMED);
        assertThat(said).isEmpty();
    }

    @Test
    void survivesNoise() {
        long seed = 3;
        Random random = new Random(seed);
        Packet packet = new Packet(new byte[512]);
        for (int i = 0; i < 50_000; i++) {
            new RtcpWriter(packet)
                    .receiverReport(1)
                    .reportBlock(2, 3, 4, 5, 6, 7, 8)
                    .nack(1, 2, 3, 4)
                    .fullIntra(1, 2, 3);
            for (int k = random.nextInt(4); k >= 0; k--) {
                packet.buffer()[random.nextInt(packet.length())] = (byte) random.nextInt(256);
            }
            reader.read(packet.view(0, random.nextInt(packet.length() + 1)), handler);
        }
        assertThat(said).isNotEmpty();
    }
}
