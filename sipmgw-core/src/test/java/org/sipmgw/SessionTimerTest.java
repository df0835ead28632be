package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.SessionTimer.Due;
import org.sipmgw.internal.sip.SipSessionTimer;
import org.sipmgw.internal.sip.SipSessionTimer.Refresher;
import org.sipmgw.spi.ConfigException;

/** RFC 4028 without a clock and without a network. */
@Tag("dialog")
class SessionTimerTest {
    private static final Duration HALF_HOUR = Duration.ofSeconds(1800);
    private final SessionTimer timer = new SessionTimer(SessionTimers.defaults());

    private static SipSessionTimer said(boolean supported, int seconds, Refresher who) {
        return new SipSessionTimer(
                supported,
                seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
                Optional.ofNullable(who),
                Optional.empty());
    }

    private static long s(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void refreshesAtHalfTheIntervalWhenThePeerLeavesItToUs() {
        SipSessionTimer answer = timer.answer(said(true, 1800, null), s(100));

        assertThat(answer.interval()).hasValue(HALF_HOUR);
        assertThat(answer.refresher()).hasValue(Refresher.UAS);
        assertThat(timer.due(s(100 + 899))).isEqualTo(Due.NOTHING);
        assertThat(timer.untilDue(s(100))).hasValue(Duration.ofSeconds(900));
        assertThat(timer.due(s(100 + 900))).isEqualTo(Due.REFRESH);
        assertThat(timer.ask().refresher()).as("we stay who refreshes").hasValue(Refresher.UAC);
    }

    @Test
    void waitsForThePeerThatWantsToRefresh() {
        SipSessionTimer answer = timer.answer(said(true, 1800, Refresher.UAC), 0);

        assertThat(answer.refresher()).hasValue(Refresher.UAC);
        assertThat(timer.weRefresh()).isFalse();
        assertThat(timer.due(s(1767))).isEqualTo(Due.NOTHING);
        assertThat(timer.due(s(1768))).as("32 s before the end").isEqualTo(Due.EXPIRED);
        timer.answer(said(true, 1800, Refresher.UAC), s(1700));
        assertThat(timer.due(s(1768))).isEqualTo(Due.NOTHING);
    }

    @Test
    void shortSessionsEndAThirdBeforeTheirTime() {
        timer.answer(said(true, 90, Refresher.UAC), 0);
        assertThat(timer.due(s(59))).isEqualTo(Due.NOTHING);
        assertThat(timer.due(s(60))).isEqualTo(Due.EXPIRED);
    }

    @Test
    void refreshesForAPeerWithoutTheExtension() {
        SipSessionTimer answer = timer.answer(SipSessionTimer.none(), 0);
        assertThat(answer.interval()).hasValue(HALF_HOUR);
        assertThat(answer.refresher()).hasValue(Refresher.UAS);

        SipSessionTimer byProxy = timer.answer(said(false, 600, Refresher.UAC), 0);
        assertThat(byProxy.refresher()).as("it cannot").hasValue(Refresher.UAS);
        assertThat(timer.interval()).hasValue(Duration.ofSeconds(600));
    }

    @Test
    void proposesNothingWhenOffButKeepsToWhatThePeerAsks() {
        SessionTimer quiet = new SessionTimer(new SessionTimers(Duration.ZERO, Duration.ofSeconds(90)));
        assertThat(quiet.answer(said(true, 0, null), 0).interval()).isEmpty();
        assertThat(quiet.due(s(1_000_000))).isEqualTo(Due.NOTHING);
        assertThat(quiet.untilDue(0)).isEmpty();
        assertThat(quiet.answer(said(true, 120, null), 0).interval()).hasValue(Duration.ofSeconds(120));
    }

    @Test
    void keepsAboveThePeersMinimum() {
        SipSessionTimer asked =
                new SipSessionTimer(true, Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(3600)));
        assertThat(timer.answer(asked, 0).interval()).hasValue(Duration.ofSeconds(3600));
    }

    @Test
    void asksForMoreAfter422() {
        timer.answer(said(true, 90, null), 0);
        assertThat(timer.tooSmall(Duration.ofSeconds(300))).isTrue();
        assertThat(timer.tooSmall(Duration.ofSeconds(300)))
                .as("said once more, it gives no reason to ask again at once")
                .isFalse();
        assertThat(timer.ask().interval()).hasValue(Duration.ofSeconds(300));
        assertThat(timer.ask().minimum()).hasValue(Duration.ofSeconds(300));
    }

    @Test
    void handsTheRoleOverWhenThePeersAnswerSaysSo() {
        timer.answer(said(true, 1800, null), 0);
        timer.refreshed(said(true, 1800, Refresher.UAS), s(900));
        assertThat(timer.weRefresh()).isFalse();
        timer.refreshed(SipSessionTimer.none(), s(1000));
        assertThat(timer.weRefresh())
                .as("a peer that says nothing has no timer")
                .isTrue();
        assertThat(timer.interval()).hasValue(HALF_HOUR);
    }

    @Test
    void triesAgainAfterAPauseAndExpiresAllTheSame() {
        timer.answer(said(true, 90, null), 0);
        timer.later(Duration.ofSeconds(3), s(45));
        assertThat(timer.due(s(47))).isEqualTo(Due.NOTHING);
        assertThat(timer.due(s(48))).isEqualTo(Due.REFRESH);
        assertThat(timer.due(s(90))).isEqualTo(Due.EXPIRED);
        timer.prolong(s(90));
        assertThat(timer.due(s(91))).isEqualTo(Due.NOTHING);
    }

    @Test
    void clocksMayBeginAnywhere() {
        timer.answer(said(true, 90, null), Long.MAX_VALUE - 5);
        assertThat(timer.due(Long.MAX_VALUE - 5 + s(44))).isEqualTo(Due.NOTHING);
        assertThat(timer.due(Long.MAX_VALUE - 5 + s(45))).isEqualTo(Due.REFRESH);
    }

    @Test
    void pausesAfterGlareByWhoOwnsTheCallId() {
        Random random = new Random(4);
        for (int i = 0; i < 2000; i++) {
            assertThat(GlarePause.of(true, random).toMillis())
                    .isBetween(2100L, 4000L)
                    .satisfies(ms -> assertThat(ms % 10).isZero());
            assertThat(GlarePause.of(false, random).toMillis())
                    .isBetween(0L, 2000L)
                    .satisfies(ms -> assertThat(ms % 10).isZero());
        }
    }

    @Test
    void refusesTermsThatCannotBe() {
        assertThatThrownBy(() -> new SessionTimers(Duration.ofSeconds(60), Duration.ofSeconds(90)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sessionTimers.interval");
        assertThatThrownBy(() -> new SessionTimers(Duration.ZERO, Duration.ZERO))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sessionTimers.minimum");
    }
}
