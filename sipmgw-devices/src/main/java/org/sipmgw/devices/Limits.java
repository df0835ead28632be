package org.sipmgw.devices;

import java.time.Duration;
import org.sipmgw.spi.ConfigException;

/** What builders check. */
final class Limits {
    private Limits() {}

    static void startTimeout(String key, Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new ConfigException(key, timeout, "100 ms to 1 min");
        }
    }
}
