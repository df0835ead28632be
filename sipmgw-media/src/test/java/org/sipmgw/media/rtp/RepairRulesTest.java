package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept, asked for again and given up. */
@Tag("network")
class RepairRulesTest {
    private static final long MS = 1_000_000L;
    private static final long ROUND_TRIP = 60 * MS;

    private final MissingPackets missing = new MissingPackets();
    private final List<String> asked = new ArrayList<>();

    private void poll(long nowNs) {
        missing.poll(
                nowNs, ROUND_TRIP, (first, following) -> asked.add(first + "+" + Integer.toBinaryString(following)));
    }

    private void come(int sequence, Arrival arrival, long nowNs) {
        missing.arrived(sequence, arrival, nowNs);
        poll(nowNs);
    }

    @Test
    void aGapIsAskedForAtOnceInOneRequestAndAgainAfterARoundTrip() {
        come(65_534, Arrival.RESTARTED, 0);
        come(3, Arrival.IN_ORDER, 10 * MS);
        assertThat(asked).containsExactly("65535+111");
        poll(60 * MS);
        assertThat(asked).hasSize(1);
        come(0, Arrival.LATE, 70 * MS);
        poll(86 * MS);
        assertThat(asked).containsExactly("65535+111", "65535+110");
        assertThat(missing.follows(1)).isTrue();
        assertThat(missing.follows(0)).isFalse();
        come(65_535, Arrival.LATE, 90 * MS);
        come(1, Arrival.LATE, 90 * MS);
        come(2, Arrival.LATE, 90 * MS);
        poll(5_000 * MS);
        assertThat(asked).hasSize(2);
        assertThat(missing.takeGivenUp()).isFalse();
        assertThat(missing.recovered()).isEqualTo(4);
    }

    @Test
    void whatDoesNotComeIsGivenUpOnceWithinASecond() {
        come(10, Arrival.RESTARTED, 0);
        come(12, Arrival.IN_ORDER, 0);
        long givenUpNs = 0;
        for (long nowNs = 0; nowNs < 2_000 * MS; nowNs += 20 * MS) {
            poll(nowNs);
            if (missing.takeGivenUp()) {
                assertThat(givenUpNs).isZero();
                givenUpNs = nowNs;
            }
        }
        assertThat(givenUpNs).isBetween(400 * MS, 900 * MS);
        assertThat(asked).hasSizeBetween(4, 8);
        assertThat(missing.count()).isZero();
    }

    @Test
    void aHoleThatNoSenderKeepsIsGivenUpAtOnceAndNothingGrows() {
        come(0, Arrival.RESTARTED, 0);
        come(500, Arrival.IN_ORDER, MS);
        assertThat(missing.takeGivenUp()).isTrue();
        assertThat(asked).isEmpty();
        for (int i = 0; i < 100_000; i++) {
            come((500 + 3 * i) & 0xFFFF, Arrival.IN_ORDER, i * MS / 10);
            assertThat(missing.count()).isLessThan(256);
        }
    }

    @Test
    void whatWasSentIsReadUntilItIsOverwritten() {
        PacketHistory history = new PacketHistory(8);
        Packet into = new Packet(new byte[PacketPool.ORDINARY]);
        for (int i = 0; i < 12; i++) {
            byte[] bytes = Rtp.bytes(Rtp.packet(96, 65_530 + i & 0xFFFF, i, 7, i, 2, 3));
            history.store(bytes, 0, bytes.length);
        }
        assertThat(history.read(65_533, into)).isFalse();
        assertThat(history.read(65_534, into)).isTrue();
        assertThat(Rtp.payload(into)).containsExactly(4, 2, 3);
        assertThat(history.read(5, into)).isTrue();
        assertThat(history.read(6, into)).isFalse();
        byte[] large = new byte[5_000];
        large[0] = (byte) 0x80;
        large[3] = 5;
        history.store(large, 0, large.length);
        assertThat(history.read(5, into)).isFalse();
        history.clear();
        assertThat(history.read(4, into)).isFalse();
    }

    @Test
    void aReaderNeverGetsHalfOfAPacket() throws Exception {
        PacketHistory history = new PacketHistory(2);
        AtomicInteger newest = new AtomicInteger();
        Thread writer = new Thread(() -> {
            byte[] bytes = new byte[1_200];
            for (int i = 0; i < 400_000; i++) {
                Arrays.fill(bytes, (byte) i);
                Bytes.int16(bytes, 2, i & 0xFFFF);
                history.store(bytes, 0, bytes.length);
                newest.set(i & 0xFFFF);
            }
        });
        writer.start();
        Packet into = new Packet(new byte[PacketPool.ORDINARY]);
        int read = 0;
        while (writer.isAlive()) {
            if (history.read(newest.get(), into)) {
                read++;
                for (int i = 4; i < 1_200; i++) {
                    assertThat(into.buffer()[i] == into.buffer()[0]).isTrue();
                }
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void aRetransmissionGivesTheOriginalBack() {
        Packet packet = Rtp.packet(96, 4_660, 99, 7, 1, 2, 3);
        byte[] original = Rtp.bytes(packet);
        Packet made = new Packet(new byte[PacketPool.ORDINARY]).copyOf(packet);
        Rtx.wrap(made, 97, 8, 50);
        assertThat(made.payloadType()).isEqualTo(97);
        assertThat(made.sequence()).isEqualTo(50);
        assertThat(made.ssrc()).isEqualTo(8);
        assertThat(Rtp.payload(made)).containsExactly(0x12, 0x34, 1, 2, 3);
        assertThat(Rtx.unwrap(made, 96, 7)).isTrue();
        assertThat(Rtp.bytes(made)).isEqualTo(original);
        assertThat(Rtx.unwrap(Rtp.packet(97, 1, 1, 8, 1, 2), 96, 7)).isFalse();
    }

    @Test
    void noMoreIsResentThanTheBudgetAllows() {
        ResendBudget budget = new ResendBudget(1_000_000);
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            taken += budget.take(1_250, i * MS) ? 1 : 0;
        }
        // 10 kbit each: half a second at once, then 100 a second
        assertThat(taken).isBetween(1_040, 1_060);
    }

    @Test
    void theRoundTripIsWhatTheRoomDidNotWait() {
        CommonClock clock = new CommonClock(0, 1_000_000);
        RoundTrip roundTrip = new RoundTrip();
        assertThat(roundTrip.ns()).isEqualTo(RoundTrip.UNKNOWN_NS);
        int sent = (int) (clock.ntp(0) >>> 16);
        assertThat(roundTrip.report(clock.ntp(1_250 * MS), sent, 65_536)).isTrue();
        assertThat(roundTrip.ns()).isBetween(249 * MS, 251 * MS);
        assertThat(roundTrip.report(clock.ntp(1_250 * MS), 0, 1)).isFalse();
        assertThat(roundTrip.report(clock.ntp(1_250 * MS), sent, 0)).isFalse();
        assertThat(roundTrip.report(clock.ntp(1_250 * MS), sent - 20 * 65_536, 1))
                .isFalse();
    }
}
