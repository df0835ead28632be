package org.sipmgw.internal.sip.registration;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait: before the next attempt after failures, and before a refresh. Sans-IO. */
final class Pauses {
    private static final Duration MOST_ASKED_FOR = Duration.ofHours(1);
    private final RandomGenerator random;

    Pauses(RandomGenerator random) {
        this.random = random;
    }

    /** 5 s after the first refusal, then 30 s, 60 s, 120 s … 30 min, up to a tenth more: nobody storms a registrar. */
    Duration afterRefusals(int refusals) {
        long seconds = refusals <= 1 ? 5 : Math.min(1800, 30L << Math.min(10, refusals - 2));
        return Duration.ofMillis((long) (seconds * 1000 * (1 + random.nextDouble() / 10)));
    }

    /** 2 s, 4 s … 120 s, of it half at random (RFC 5626 section 4.5): many that lost one server do not come at once. */
    Duration afterFailures(int failures) {
        long seconds = Math.min(120, 1L << Math.min(7, Math.max(1, failures)));
        return Duration.ofMillis((long) (seconds * 1000 * (0.5 + random.nextDouble() / 2)));
    }

    /** What the server asked for where it is longer, within reason. */
    static Duration atLeast(Duration pause, int retryAfterSeconds) {
        Duration asked = Duration.ofSeconds(retryAfterSeconds);
        Duration wanted = asked.compareTo(MOST_ASKED_FOR) > 0 ? MOST_ASKED_FOR : asked;
        return wanted.compareTo(pause) > 0 ? wanted : pause;
    }

    /** 75 to 90 % of the life of a registration; of a very short one 50 to 65 %. */
    Duration beforeRefresh(Duration life) {
        double share = (life.toSeconds() < 20 ? 0.5 : 0.75) + random.nextDouble() * 0.15;
        return Duration.ofMillis(Math.max(500, (long) (life.toMillis() * share)));
    }

    /** 80 to 100 % of the time after which a flow is taken for dead (RFC 5626 section 4.4). */
    Duration beforeKeepAlive(Duration timer) {
        return Duration.ofMillis((long) (timer.toMillis() * (0.8 + random.nextDouble() * 0.2)));
    }
}
