package org.sipmgw.internal.sip.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sipmgw.internal.sip.SipPlace;

/**
 * STUN over a UDP flow (RFC 5626 section 4.4.2): a server that has answered once and does not any more has lost the flow, and
 * so it has where it sees us elsewhere. One that has never answered does not know STUN. Sans-IO; not thread-safe.
 */
final class FlowPing {
    /** RFC 8489 section 6.2.1. */
    private static final int SENDS = 7;

    private static final long FIRST_WAIT_MS = 500;
    private static final long LAST_WAIT_MS = 16 * FIRST_WAIT_MS;

    private Optional<SipPlace> mapped = Optional.empty();
    private Instant nextAt = Instant.MAX;
    private int sends;
    private boolean answered;
    private boolean unknown;
    private boolean lost;

    /** Another flow. */
    void begin() {
        mapped = Optional.empty();
        sends = 0;
        nextAt = Instant.MAX;
        lost = false;
    }

    /** Whether an answer is awaited. */
    boolean open() {
        return sends > 0;
    }

    /** Whether the server may know STUN. */
    boolean worthwhile() {
        return !unknown;
    }

    /** One is sent, the first of its kind. */
    void sent(Instant now) {
        sends = 1;
        nextAt = now.plusMillis(FIRST_WAIT_MS);
    }

    /** Whether it must be sent again; then it counts as sent. */
    boolean due(Instant now) {
        if (sends == 0 || now.isBefore(nextAt)) {
            return false;
        }
        if (sends == SENDS) {
            lost = answered;
            unknown = !answered;
            sends = 0;
            nextAt = Instant.MAX;
            return false;
        }
        sends++;
        nextAt = now.plus(Duration.ofMillis(sends == SENDS ? LAST_WAIT_MS : FIRST_WAIT_MS << (sends - 1)));
        return true;
    }

    /** The server has answered, and sees us there. */
    void answered(SipPlace place) {
        sends = 0;
        nextAt = Instant.MAX;
        answered = true;
        unknown = false;
        lost |= mapped.isPresent() && !mapped.get().equals(place);
        mapped = Optional.of(place);
    }

    /** Whether the flow is one no more. */
    boolean lost() {
        return lost;
    }
}
