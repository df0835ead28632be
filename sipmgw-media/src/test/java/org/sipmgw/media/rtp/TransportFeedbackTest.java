package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jitsi.impl.neomedia.rtcp.RTCPTCCPacket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport-wide numbers and the messages about them, against another implementation of the format. */
@Tag("network")
class TransportFeedbackTest {
    private static final long MS = 1_000_000L;
    private static final int EMPTY_REPORT = 8;

    private final ArrivalLog log = new ArrivalLog();
    private final RtcpReader reader = new RtcpReader();
    private final Map<Integer, Long> came = new TreeMap<>();
    private final List<Integer> missing = new ArrayList<>();
    private int ends;
    private final RtcpHandler handler = new RtcpHandler() {
        @Override
        public void packetArrived(int sequence, long arrivedNs) {
            came.put(sequence, arrivedNs / 250_000);
        }

        @Override
        public void packetMissing(int sequence) {
            missing.add(sequence);
        }

        @Override
        public void arrivalsEnd() {
            ends++;
        }
    };

    private Packet message() {
        Packet packet = new Packet(new byte[2048]);
        log.write(new RtcpWriter(packet).receiverReport(7), 7, 8);
        return packet;
    }

    /** What the other implementation reads: number to arrival in ticks of 250 microseconds. */
    private static Map<Integer, Long> byLibrary(Packet packet) {
        return RTCPTCCPacket.getPackets(
                new RtcpView().of(packet.buffer(), packet.offset() + EMPTY_REPORT, packet.length() - EMPTY_REPORT));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.3, 0.9})
    void whatIsWrittenIsReadHereAndByAnotherImplementation(double loss) {
        Random random = new Random(4711);
        long nowNs = 3_000 * MS;
        int sequence = 65_500;
        int compared = 0;
        for (int round = 0; round < 50; round++) {
            for (int i = random.nextInt(60); i >= 0; i--) {
                nowNs += random.nextInt(10) == 0 ? 200 * MS : random.nextInt(4_000_000);
                sequence++;
                if (i == 0 || random.nextDouble() >= loss) {
                    log.arrived(sequence & 0xFFFF, nowNs);
                }
            }
            while (log.pending()) {
                came.clear();
                missing.clear();
                Packet packet = message();
                assertThat(packet.length() % 4).isZero();
                assertThat(reader.read(packet, handler)).isEqualTo(RtcpReader.Status.READ);
                Map<Integer, Long> library = byLibrary(packet);
                // the library tells of those that came, and counts by 65535 where missing ones come first
                if (!came.containsKey(65_535) && !missing.contains(65_535)) {
                    assertThat(library).containsExactlyInAnyOrderEntriesOf(came);
                    compared++;
                }
                assertThat(came).doesNotContainKeys(missing.toArray(Integer[]::new));
            }
            assertThat(came).containsKey(sequence & 0xFFFF);
        }
        assertThat(compared).isGreaterThan(40);
    }

    @Test
    void arrivalsKeepTheirDistances() {
        log.arrived(65_535, 1_000 * MS);
        log.arrived(1, 1_010 * MS);
        log.arrived(0, 1_020 * MS);
        log.arrived(5, 9_000 * MS);
        reader.read(message(), handler);
        assertThat(came).containsOnlyKeys(65_535, 0, 1, 5);
        assertThat(missing).containsExactly(2, 3, 4);
        assertThat(came.get(1) - came.get(65_535)).isEqualTo(40);
        assertThat(came.get(0) - came.get(1)).isEqualTo(40);
        assertThat(came.get(5) - came.get(1)).isEqualTo(4 * 7_990);
        assertThat(log.pending()).isFalse();
        assertThat(ends).isEqualTo(1);
    }

    @Test
    void whatComesAfterItWasToldToBeMissingIsToldAgain() {
        log.arrived(10, MS);
        log.arrived(12, 2 * MS);
        reader.read(message(), handler);
        assertThat(missing).containsExactly(11);
        log.arrived(11, 30 * MS);
        reader.read(message(), handler);
        assertThat(came).containsOnlyKeys(10, 11, 12);
    }

    @Test
    void aLeapOfNumbersOrAQuarterOfAnHourOfSilenceBeginsAnew() {
        log.arrived(10, MS);
        reader.read(message(), handler);
        log.arrived(30_000, 900_000 * MS);
        reader.read(message(), handler);
        assertThat(came).containsOnlyKeys(10, 30_000);
        log.arrived(30_001, 1_900_000 * MS);
        reader.read(message(), handler);
        assertThat(came).containsKey(30_001);
    }

    @Test
    void malformedMessagesSayNothing() {
        for (int i = 0; i < 200; i++) {
            log.arrived(i * 2, i * (20 * MS));
        }
        Packet whole = message();
        int from = EMPTY_REPORT;
        TransportFeedback feedback = new TransportFeedback();
        for (int length = 0; length < whole.length() - from - 4; length++) {
            assertThat(feedback.read(whole.buffer(), from, from + length, handler))
                    .isFalse();
        }
        Bytes.int16(whole.buffer(), from + 14, 0xFFFF);
        assertThat(feedback.read(whole.buffer(), from, whole.length(), handler)).isFalse();
        Bytes.int16(whole.buffer(), from + 14, 20);
        Bytes.int16(whole.buffer(), from + 20, 0);
        assertThat(feedback.read(whole.buffer(), from, whole.length(), handler)).isFalse();
        assertThat(came).isEmpty();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[20 + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[14] = (i % 3 == 0 ? bytes[14] : 0);
            feedback.read(bytes, 0, bytes.length, handler);
        }
    }

    @Test
    void aNumberIsPutInAndReadAndLeavesTheRestAlone() {
        Packet packet = Rtp.packet(96, 700, 5, 0x77, 1, 2, 3);
        byte[] to = new byte[64];
        int length = TransportExtension.insert(packet.buffer(), packet.offset(), packet.length(), to, 5, 0xABCD);
        Packet numbered = new Packet(to).view(0, length);
        assertThat(numbered.isRtp()).isTrue();
        assertThat(TransportExtension.read(numbered, 5)).isEqualTo(0xABCD);
        assertThat(TransportExtension.read(numbered, 4)).isEqualTo(-1);
        assertThat(TransportExtension.read(packet, 5)).isEqualTo(-1);
        assertThat(Rtp.payload(numbered)).containsExactly(1, 2, 3);
        assertThat(numbered.sequence()).isEqualTo(700);
        assertThat(TransportExtension.fits(to, 0)).isFalse();
    }

    @Test
    void aNumberIsFoundBehindOthersAndNeverBeyondTheHeader() {
        byte[] b = new byte[40];
        b[0] = (byte) 0x90;
        Bytes.int16(b, 12, 0xBEDE);
        Bytes.int16(b, 14, 2);
        b[16] = 0x10; // id 1, one byte
        b[18] = 0; // padding
        b[19] = 0x51; // id 5, two bytes
        Bytes.int16(b, 20, 4711);
        assertThat(TransportExtension.read(new Packet(b).view(0, 40), 5)).isEqualTo(4711);
        b[19] = (byte) 0xF1;
        b[22] = 0x51;
        assertThat(TransportExtension.read(new Packet(b).view(0, 40), 5)).isEqualTo(-1);
        b[19] = 0;
        assertThat(TransportExtension.read(new Packet(b).view(0, 40), 5)).isEqualTo(-1);
    }

    @Test
    void aSentPacketIsTakenOnceAndNotWhenItIsForgotten() {
        SentPackets sent = new SentPackets(65_535);
        assertThat(sent.number(100, 5)).isEqualTo(65_535);
        assertThat(sent.number(200, 6)).isZero();
        assertThat(sent.take(0)).isTrue();
        assertThat(sent.takenNs()).isEqualTo(6);
        assertThat(sent.takenBytes()).isEqualTo(200);
        assertThat(sent.take(0)).isFalse();
        assertThat(sent.take(7)).isFalse();
        for (int i = 0; i < 2048; i++) {
            sent.number(1, 7);
        }
        assertThat(sent.take(65_535)).isFalse();
    }
}
