package org.sipmgw.media.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Congestion control by transport-wide feedback on an emulated network, in emulated time. */
@Tag("network")
class GoogleCongestionControlTest {
    private static final int MOST = 2_000_000;

    private final GoogleCongestionControl rate = new GoogleCongestionControl(MOST);
    private final EmulatedTransport path = new EmulatedTransport(rate);

    @ParameterizedTest
    @CsvSource({"300000, 0, 0", "300000, 30, 150", "500000, 30, 0", "1200000, 0, 150", "1200000, 30, 0"})
    void aShortLinkIsFollowedWithinTwoSecondsWithoutAQueueAndLeftWithinTen(int capacity, int jitterMs, int keyFrames) {
        path.jitterMs = jitterMs;
        path.keyFrames = keyFrames;
        path.run(5);
        assertThat(rate.targetBps()).isEqualTo(MOST);
        path.capacityBps = capacity;
        path.run(2);
        assertThat(rate.targetBps()).isBetween(capacity * 6 / 10, capacity);
        assertThat(path.queueMsNow()).isLessThan(400);
        long carried = path.run(20);
        System.out.printf(
                "%d kb/s, %d ms of jitter: %d kb/s carried, longest queue %d ms%n",
                capacity / 1000, jitterMs, carried / 1000, path.longestQueueMs());
        assertThat(carried).isBetween(capacity * 8L / 10, (long) capacity);
        assertThat(path.longestQueueMs()).isLessThan(400);
        path.capacityBps = 10_000_000;
        path.run(10);
        assertThat(rate.targetBps()).isGreaterThan(MOST * 8 / 10);
    }

    @Test
    void theLeastRateIsReachedAndLeftAgain() {
        path.run(5);
        path.capacityBps = 150_000;
        path.run(2);
        assertThat(rate.targetBps()).isBetween(RateController.LEAST_BPS, 150_000);
        path.run(10);
        assertThat(path.queueMsNow()).isLessThan(400);
        path.capacityBps = 10_000_000;
        path.run(10);
        assertThat(rate.targetBps()).isGreaterThan(MOST * 8 / 10);
    }

    /** A home router that keeps two seconds: what is in it already needs its time, more does not come. */
    @Test
    void aLongQueueIsDrained() {
        path.run(5);
        path.capacityBps = 800_000;
        path.queueMs = 2_000;
        path.run(2);
        assertThat(rate.targetBps()).isLessThan(800_000);
        assertThat(path.queueMsNow()).isLessThan(400);
        path.capacityBps = 10_000_000;
        path.run(10);
        path.capacityBps = 300_000;
        path.run(2);
        assertThat(rate.targetBps()).isLessThan(300_000);
        path.run(3);
        assertThat(path.queueMsNow()).isLessThan(400);
        assertThat(path.run(20)).isGreaterThan(240_000);
    }

    @Test
    void jitterAndLossesThatAreNoCongestionCostNoRate() {
        path.jitterMs = 50;
        path.loss = 0.05;
        path.run(30);
        assertThat(rate.targetBps()).isGreaterThan(MOST * 7 / 10);
    }

    @Test
    void lossBoundsTheRateWhereNoDelayTells() {
        path.capacityBps = 500_000;
        path.queueMs = 5;
        path.run(4);
        assertThat(rate.targetBps()).isLessThan(600_000);
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
    void aLongerWayIsNotTakenForAQueueForever() {
        path.run(5);
        path.delayMs = 300;
        path.run(15);
        assertThat(rate.targetBps()).isGreaterThan(MOST * 8 / 10);
    }

    @Test
    void reportsBoundTheRateWhileNoFeedbackComes() {
        long nowNs = 1_000_000_000L;
        for (int i = 0; i < 5; i++) {
            rate.report(0.3, 0, 1_000_000, nowNs += 1_000_000_000L);
        }
        assertThat(rate.targetBps()).isLessThan(700_000);
    }

    @Test
    void feedbackCountsMoreThanReports() {
        path.run(3);
        for (int i = 0; i < 5; i++) {
            rate.report(0.3, 0, 1_000_000, path.nowNs);
        }
        assertThat(rate.targetBps()).isEqualTo(MOST);
    }
}
