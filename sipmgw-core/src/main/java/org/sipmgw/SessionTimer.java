package org.sipmgw;

import java.time.Duration;
import java.util.Optional;
import org.sipmgw.internal.sip.SipSessionTimer;
import org.sipmgw.internal.sip.SipSessionTimer.Refresher;

/**
 * The session timer of one dialog (RFC 4028): who refreshes the session, when, and when it has expired. Does no I/O; time
 * is an argument, in nanoseconds of one monotonic clock.
 */
final class SessionTimer {
    private static final Duration MARGIN = Duration.ofSeconds(32);

    /** What is to be done now. */
    enum Due {
        NOTHING,
        REFRESH,
        EXPIRED
    }

    private final SessionTimers terms;
    private Optional<Duration> agreed = Optional.empty();
    private Duration minimum;
    private boolean ours;
    private long refreshNs;
    private long expiryNs;

    SessionTimer(SessionTimers terms) {
        this.terms = terms;
        this.minimum = terms.minimum();
    }

    /**
     * What a 2xx of ours says to a session request of the peer; in force from now on. The peer's wish counts where it has
     * one, else the gateway refreshes: only that is sure to happen.
     */
    SipSessionTimer answer(SipSessionTimer asked, long nowNs) {
        Optional<Duration> interval = asked.interval().or(() -> proposed(asked));
        Refresher who = asked.supported() ? asked.refresher().orElse(Refresher.UAS) : Refresher.UAS;
        agree(interval, who == Refresher.UAS, nowNs);
        return new SipSessionTimer(asked.supported(), interval, interval.map(any -> who), Optional.empty());
    }

    private Optional<Duration> proposed(SipSessionTimer asked) {
        return terms.interval().isZero()
                ? Optional.empty()
                : Optional.of(longer(terms.interval(), asked.minimum().orElse(Duration.ZERO)));
    }

    /** What a session request of ours says. */
    SipSessionTimer ask() {
        Optional<Duration> interval = agreed.or(
                        () -> Optional.of(terms.interval()).filter(any -> !any.isZero()))
                .map(any -> longer(any, minimum));
        boolean raised = minimum.compareTo(terms.minimum()) > 0;
        return new SipSessionTimer(
                true,
                interval,
                // the roles stay as they are (RFC 4028 section 7.4)
                agreed.map(any -> ours ? Refresher.UAC : Refresher.UAS),
                raised ? Optional.of(minimum) : Optional.empty());
    }

    /** A session request of ours was answered 2xx: what that says is in force. Nothing said: the peer has no timer, we refresh. */
    void refreshed(SipSessionTimer answer, long nowNs) {
        Optional<Duration> interval = answer.interval().or(() -> agreed);
        boolean peerRefreshes =
                answer.refresher().filter(who -> who == Refresher.UAS).isPresent();
        agree(interval, !peerRefreshes, nowNs);
    }

    /** Our INVITE was answered. Nothing said: we refresh all the same. */
    void begin(SipSessionTimer answer, long nowNs) {
        agreed = Optional.of(terms.interval()).filter(any -> !any.isZero());
        refreshed(answer, nowNs);
    }

    /**
     * A session request of ours was answered 422: the next one asks for at least this.
     *
     * @return whether that is more than we have asked for
     */
    boolean tooSmall(Duration theirMinimum) {
        boolean more = ask().interval()
                .filter(asked -> theirMinimum.compareTo(asked) > 0)
                .isPresent();
        minimum = longer(minimum, theirMinimum);
        return more;
    }

    /** A refresh failed in a way that may pass: the next one is due after a while. */
    void later(Duration pause, long nowNs) {
        refreshNs = nowNs + pause.toNanos();
    }

    /** The session goes on for another interval though nobody has refreshed it. */
    void prolong(long nowNs) {
        agree(agreed, ours, nowNs);
    }

    private void agree(Optional<Duration> interval, boolean weRefresh, long nowNs) {
        agreed = interval;
        ours = weRefresh;
        interval.ifPresent(time -> {
            refreshNs = nowNs + time.toNanos() / 2;
            expiryNs = nowNs + (weRefresh ? time : beforeItsEnd(time)).toNanos();
        });
    }

    /** Who waits for the peer's refresh gives up before the session ends there (RFC 4028 section 10). */
    private static Duration beforeItsEnd(Duration interval) {
        Duration third = interval.dividedBy(3);
        return interval.minus(third.compareTo(MARGIN) < 0 ? third : MARGIN);
    }

    Due due(long nowNs) {
        if (agreed.isEmpty()) {
            return Due.NOTHING;
        }
        if (nowNs - expiryNs >= 0) {
            return Due.EXPIRED;
        }
        return ours && nowNs - refreshNs >= 0 ? Due.REFRESH : Due.NOTHING;
    }

    /** From now until something may be due; empty without a timer. */
    Optional<Duration> untilDue(long nowNs) {
        return agreed.map(any -> {
            long next = ours ? Math.min(refreshNs - nowNs, expiryNs - nowNs) : expiryNs - nowNs;
            return Duration.ofNanos(Math.max(0, next));
        });
    }

    /** The agreed interval. */
    Optional<Duration> interval() {
        return agreed;
    }

    /** Whether it is for us to refresh. */
    boolean weRefresh() {
        return agreed.isPresent() && ours;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
