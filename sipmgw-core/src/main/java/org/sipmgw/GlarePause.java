package org.sipmgw;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a session request waits after a 491 before it is sent again (RFC 3261 section 14.1, RFC 3311 section 5.2). */
final class GlarePause {
    private static final int STEP_MS = 10;

    private GlarePause() {}

    /**
     * In steps of 10 ms, so that the two sides do not meet again: 2.1 to 4 s for who chose the Call-ID, else 0 to 2 s.
     *
     * @param ownsCallId whether the dialog began with an INVITE of ours
     */
    static Duration of(boolean ownsCallId, RandomGenerator random) {
        int steps = ownsCallId ? random.nextInt(210, 401) : random.nextInt(0, 201);
        return Duration.ofMillis((long) steps * STEP_MS);
    }
}
