package org.sipmgw.media.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.sdp.VideoLimits;

/** Rates on an emulated network, in emulated time. */
@Tag("network")
class RateTest {
    private static final int MOST = 2_000_000;
    private static final long SECOND = EmulatedPath.SECOND;
    private static final VideoLimits AGREED = new VideoLimits(1280, 720, 30, MOST);

    private final LossBasedRate rate = new LossBasedRate(MOST);
    private final EmulatedPath path = new EmulatedPath(rate, 1);

    @Test
    void aShortLinkIsFollowedWithinThreeSecondsAndLeftWithinTen() {
        path.run(5);
        assertThat(rate.targetBps()).isEqualTo(MOST);
        path.capacityBps = 300_000;
        path.run(3);
        assertThat(rate.targetBps()).isBetween(150_000, 330_000);
        long carried = path.run(20);
        assertThat(carried).isBetween(160_000L, 300_000L);
        path.capacityBps = 10_000_000;
        path.run(10);
        assertThat(rate.targetBps()).isGreaterThan(MOST * 8 / 10);
    }

    @Test
    void theLeastRateIsKeptOnALinkThatCarriesNothing() {
        path.capacityBps = 20_000;
        path.run(10);
        assertThat(rate.targetBps()).isEqualTo(RateController.LEAST_BPS);
        path.capacityBps = 10_000_000;
        path.run(10);
        assertThat(rate.targetBps()).isGreaterThan(MOST * 6 / 10);
    }

    @Test
    void lossesThatAreNoCongestionCostNoRate() {
        path.loss = 0.05;
        path.run(30);
        assertThat(rate.targetBps()).isGreaterThan(MOST * 7 / 10);
    }

    @Test
    void aQueueIsNotKeptFull() {
        path.capacityBps = 800_000;
        path.queueMs = 2_000;
        path.run(60);
        assertThat(path.queueMs(20)).isLessThan(600);
        assertThat(path.run(10)).isGreaterThan(400_000);
    }

    @Test
    void aStillPictureProvesNothingButDoesNotKeepTheRateDown() {
        path.capacityBps = 300_000;
        path.run(5);
        path.capacityBps = 10_000_000;
        path.used = 0.1;
        path.run(30);
        assertThat(rate.targetBps()).isGreaterThan(1_000_000);
    }

    @Test
    void theLadderGoesDownAtOnceAndUpStepByStep() {
        VideoLadder ladder = new VideoLadder();
        List<String> seen = new ArrayList<>();
        long nowNs = 0;
        int[] rates = {
            2_000_000, 600_000, 128_000, 175_000, 250_000, 190_000, 2_000_000, 2_000_000, 2_000_000, 2_000_000
        };
        for (int bps : rates) {
            VideoLimits now = ladder.limits(AGREED, bps, nowNs);
            assertThat(now.maxBitrateBps()).isEqualTo(bps);
            seen.add(now.maxHeight() + "@" + now.maxFrameRate());
            nowNs += 2 * SECOND;
        }
        assertThat(seen)
                .containsExactly(
                        "720@30", "540@30", "270@10", "270@10", "360@15", "360@15", "360@30", "540@30", "720@30",
                        "720@30");
        assertThat(ladder.limits(AGREED, 500_000, nowNs).maxHeight()).isEqualTo(540);
        assertThat(ladder.limits(AGREED, 2_000_000, nowNs + SECOND).maxHeight()).isEqualTo(540);
    }

    @Test
    void theLadderNeverGivesMoreThanWasAgreed() {
        VideoLadder ladder = new VideoLadder();
        VideoLimits small = new VideoLimits(352, 288, 15, 384_000);
        assertThat(ladder.limits(small, Integer.MAX_VALUE, 0)).isEqualTo(small);
        assertThat(ladder.limits(small, 128_000, SECOND)).isEqualTo(new VideoLimits(352, 270, 10, 128_000));
    }

    @Test
    void theRoomIsAskedForLessWhileItsWayLosesMuchAndForAllAgain() {
        ReceiveRate receive = new ReceiveRate(MOST);
        long nowNs = 0;
        receive.second(0.05, 1_900_000, nowNs += SECOND);
        assertThat(receive.bounds()).isFalse();
        receive.second(0.4, 1_000_000, nowNs += SECOND);
        assertThat(receive.boundBps()).isEqualTo(850_000);
        receive.second(0.2, 200_000, nowNs += SECOND);
        receive.second(0.2, 100_000, nowNs += SECOND);
        assertThat(receive.boundBps()).isEqualTo(RateController.LEAST_BPS);
        for (int i = 0; i < 16; i++) {
            receive.second(0, receive.boundBps(), nowNs += SECOND);
        }
        assertThat(receive.bounds()).isFalse();
    }
}
