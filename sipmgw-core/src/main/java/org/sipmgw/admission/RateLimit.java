package org.sipmgw.admission;

import org.sipmgw.spi.ConfigException;

/**
 * A bound on how often something may happen.
 *
 * @param perSecond in the long run; 1 to 100000
 * @param burst at once, after a quiet time; 1 to 100000
 */
public record RateLimit(int perSecond, int burst) {
    private static final int MOST = 100_000;

    public RateLimit {
        if (perSecond < 1 || perSecond > MOST || burst < 1 || burst > MOST) {
            throw new ConfigException("rate", perSecond + "/" + burst, "1 to " + MOST + " a second and at once");
        }
    }
}
