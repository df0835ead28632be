package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ReceiveStatisticsTest {
    private static final long MS = 1_000_000L;

    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private long nowNs = 5_000 * MS;

    private Arrival receive(int sequence, int ssrc) {
        nowNs += 10 * MS;
        return statistics.received(Rtp.packet(96, sequence, sequence * 900, ssrc, 1, 2, 3), nowNs);
    }

    @Test
    void countsLossOrderAndDuplicatesOverTheWrap() {
        assertThat(receive(65_533, 7)).isEqualTo(Arrival.RESTARTED);
        assertThat(receive(65_534, 7)).isEqualTo(Arrival.IN_ORDER);
        assertThat(receive(1, 7)).isEqualTo(Arrival.IN_ORDER);
        assertThat(statistics.lost()).isEqualTo(2);
        assertThat(receive(0, 7)).isEqualTo(Arrival.LATE);
        assertThat(receive(0, 7)).isEqualTo(Arrival.DUPLICATE);
        assertThat(receive(1, 7)).isEqualTo(Arrival.DUPLICATE);
        assertThat(statistics.lost()).isEqualTo(1);
        assertThat(statistics.reordered()).isEqualTo(1);
        assertThat(statistics.duplicates()).isEqualTo(2);
        assertThat(statistics.packets()).isEqualTo(4);
        assertThat(statistics.payloadBytes()).isEqualTo(12);
    }

    @Test
    void anotherStreamBesideTheCurrentOneMustProveItself() {
        receive(1, 7);
        receive(2, 7);
        assertThat(receive(900, 8)).isEqualTo(Arrival.UNPROVEN);
        assertThat(receive(3, 7)).isEqualTo(Arrival.IN_ORDER);
        assertThat(receive(901, 8)).isEqualTo(Arrival.UNPROVEN);
        assertThat(receive(902, 8)).isEqualTo(Arrival.RESTARTED);
        assertThat(statistics.ssrc()).isEqualTo(8);
    }

    @Test
    void anotherStreamAfterSilenceIsTakenAtOnce() {
        receive(1, 7);
        nowNs += 300 * MS;
        assertThat(receive(900, 8)).isEqualTo(Arrival.RESTARTED);
    }

    @Test
    void aJumpInTheSequenceNeedsASecondPacket() {
        receive(1, 7);
        assertThat(receive(20_000, 7)).isEqualTo(Arrival.UNPROVEN);
        assertThat(receive(20_001, 7)).isEqualTo(Arrival.RESTARTED);
        assertThat(statistics.lost()).isZero();
    }

    @Test
    void reportsAsRfc3550Writes() {
        for (int sequence : new int[] {100, 101, 103, 104}) {
            receive(sequence, 0x01020304);
        }
        Packet packet = new Packet(new byte[256]);
        statistics.report(new RtcpWriter(packet).receiverReport(0x0A0B0C0D), 0x11223344, 0x00010000);
        String hex = HexFormat.of().formatHex(Rtp.bytes(packet));
        // one of five missing: 51 of 256
        assertThat(hex.substring(0, 48))
                .isEqualTo("81c90007" + "0a0b0c0d" + "01020304" + "33000001" + "00000068" + hex.substring(40, 48));
        assertThat(hex.substring(48)).isEqualTo("11223344" + "00010000");
    }

    @Test
    void jitterOfEvenlySpacedPacketsIsNone() {
        for (int sequence = 0; sequence < 200; sequence++) {
            receive(sequence, 7);
        }
        assertThat(statistics.jitterMs()).isLessThan(0.1);
    }
}
