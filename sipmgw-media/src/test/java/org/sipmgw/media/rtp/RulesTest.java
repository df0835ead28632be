package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.rtp.KeyFrameRequests.Step;

/** Small rules of time and order. */
class RulesTest {
    private static final long MS = 1_000_000L;

    @Test
    void aKeyFrameIsAskedForAtOnceThenRepeatedUntilItComes() {
        KeyFrameRequests requests = new KeyFrameRequests();
        assertThat(requests.poll(0)).isEqualTo(Step.NOTHING);
        requests.want();
        assertThat(requests.poll(10 * MS)).isEqualTo(Step.ASK);
        assertThat(requests.commandSequence()).isZero();
        assertThat(requests.poll(500 * MS)).isEqualTo(Step.NOTHING);
        assertThat(requests.poll(510 * MS)).isEqualTo(Step.REPEAT);
        assertThat(requests.commandSequence()).isZero();
        requests.arrived();
        assertThat(requests.poll(2000 * MS)).isEqualTo(Step.NOTHING);
        requests.want();
        assertThat(requests.poll(2000 * MS)).isEqualTo(Step.ASK);
        assertThat(requests.commandSequence()).isEqualTo(1);
    }

    @Test
    void newRequestsAreASecondApart() {
        KeyFrameRequests requests = new KeyFrameRequests();
        requests.want();
        requests.poll(0);
        requests.arrived();
        requests.want();
        assertThat(requests.poll(999 * MS)).isEqualTo(Step.NOTHING);
        assertThat(requests.poll(1000 * MS)).isEqualTo(Step.ASK);
    }

    @Test
    void oneKeyIsReportedOnceWhateverIsLost() {
        TelephoneEvents events = new TelephoneEvents();
        StringBuilder keys = new StringBuilder();
        int sequence = 0;
        for (int key : new int[] {5, 5, 11}) {
            int timestamp = 0xFFFFFF00 + sequence * 160;
            for (int i = 0; i < 8; i++) {
                boolean lost = i == 0;
                Packet packet = Rtp.packet(101, sequence++, timestamp, 1, key, i > 4 ? 0x8A : 0x0A, 0, i * 160);
                char reported = lost ? 0 : events.key(packet);
                if (reported != 0) {
                    keys.append(reported);
                }
            }
        }
        assertThat(keys).hasToString("55#");
        assertThat(events.key(Rtp.packet(101, 100, 1_000_000, 1, 16, 0, 0, 0))).isEqualTo((char) 0);
        assertThat(events.key(Rtp.packet(101, 101, 2_000_000, 1, 1))).isEqualTo((char) 0);
    }

    @Test
    void followsTheFirstSourceAndAnotherOnlyAfterSilenceOrWithTheSameStream() {
        InetSocketAddress first = new InetSocketAddress("127.0.0.1", 1000);
        InetSocketAddress other = new InetSocketAddress("127.0.0.1", 2000);
        Latch latch = new Latch();
        assertThat(latch.destination(other)).isEqualTo(other);
        assertThat(latch.accept(first, 1, 0)).isEqualTo(Latch.Verdict.LATCHED);
        assertThat(latch.destination(other)).isEqualTo(first);
        assertThat(latch.accept(other, 2, 100 * MS)).isEqualTo(Latch.Verdict.STRANGER);
        assertThat(latch.accept(first, 1, 200 * MS)).isEqualTo(Latch.Verdict.CURRENT);
        assertThat(latch.accept(other, 1, 300 * MS)).isEqualTo(Latch.Verdict.LATCHED);
        assertThat(latch.accept(first, 2, 400 * MS)).isEqualTo(Latch.Verdict.STRANGER);
        assertThat(latch.accept(first, 2, 3000 * MS)).isEqualTo(Latch.Verdict.LATCHED);
    }

    @Test
    void ntpTimeIsOfTheTiedEpoch() {
        CommonClock clock = new CommonClock(1_000, 1_500);
        assertThat(clock.ntp(1_000)).isEqualTo((2_208_988_801L << 32) | 0x8000_0000L);
        assertThat(clock.ntp(1_000 + 600 * MS)).isEqualTo((2_208_988_802L << 32) | 0x1999_9999L);
        assertThat(CommonClock.ntpNs((5L << 32) | 0x8000_0000L)).isEqualTo(5_500 * MS);
    }

    @Test
    void soundAndPictureOfOneMomentStayTogether() {
        SourceClock.Shared shared = new SourceClock.Shared();
        SourceClock sound = new SourceClock(shared);
        SourceClock picture = new SourceClock(shared);
        sound.restart(48_000);
        picture.restart(90_000);
        long roomNtp = 4_000_000_000L << 32;
        sound.report(roomNtp, 1_000, 100 * MS);
        // the picture's report, one second later, is 30 ms late
        picture.report(roomNtp + (1L << 32), 5_000, 1_130 * MS);
        assertThat(sound.timestampAt(1_100 * MS)).isEqualTo(49_000);
        assertThat(picture.timestampAt(1_100 * MS)).isEqualTo(5_000);
    }

    @Test
    void withoutReportsTheEarliestArrivalCounts() {
        SourceClock clock = new SourceClock(new SourceClock.Shared());
        clock.restart(90_000);
        clock.packet(0, 100 * MS);
        clock.packet(3_000, 120 * MS);
        clock.packet(6_000, 190 * MS);
        assertThat(clock.timestampAt(120 * MS)).isEqualTo(3_000);
    }
}
