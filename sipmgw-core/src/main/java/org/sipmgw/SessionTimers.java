package org.sipmgw;

import java.time.Duration;
import org.sipmgw.spi.ConfigException;

/**
 * How often a session is refreshed (RFC 4028). Immutable; checked when made.
 *
 * @param interval what the gateway proposes, the session is refreshed at half of it; 0: the gateway proposes nothing, and
 *     keeps to what the peer asks for; else at least {@code minimum}
 * @param minimum the shortest interval that is accepted, shorter ones are answered 422; the RFC allows nothing below 90 s,
 *     less than that is for tests
 */
public record SessionTimers(Duration interval, Duration minimum) {

    public SessionTimers {
        if (minimum.toSeconds() < 1) {
            throw new ConfigException("sessionTimers.minimum", minimum, "1 s or more, by RFC 4028 90 s");
        }
        if (!interval.isZero() && interval.compareTo(minimum) < 0) {
            throw new ConfigException(
                    "sessionTimers.interval", interval, "0 (never proposed), or " + minimum + " or more");
        }
    }

    /** 30 minutes, at least 90 s. */
    public static SessionTimers defaults() {
        return new SessionTimers(Duration.ofMinutes(30), Duration.ofSeconds(90));
    }
}
