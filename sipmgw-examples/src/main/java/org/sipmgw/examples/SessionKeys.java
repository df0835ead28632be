package org.sipmgw.examples;

import java.time.Duration;
import org.sipmgw.SessionTimers;
import org.sipmgw.spi.ConfigException;

/** The keys {@code session.*} of the configuration file. */
final class SessionKeys {
    private SessionKeys() {}

    static SessionTimers timers(Section session) {
        int minimum = session.number("minSeconds", 90, 90, 86_400);
        int refresh = session.number("refreshSeconds", Math.max(1800, minimum), 0, 86_400);
        session.nothingElse();
        if (refresh > 0 && refresh < minimum) {
            throw new ConfigException("session.refreshSeconds", refresh, "0 (never), or at least " + minimum);
        }
        return new SessionTimers(Duration.ofSeconds(refresh), Duration.ofSeconds(minimum));
    }
}
