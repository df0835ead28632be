package org.sipmgw.account;

import java.time.Instant;
import java.util.Optional;

/**
 * How a registration stands. An account with several flows (RFC 5626) has one of these for each.
 *
 * @param account whose it is
 * @param server the registrar's domain, or the proxy that this flow goes through
 * @param state where it stands
 * @param sipStatus status of the last answer; 0 before the first and where none came
 * @param detail why, for people
 * @param expires when the registrar forgets us, while registered
 * @param nextAttempt when the next REGISTER goes out: a refresh, or a new attempt after a failure
 */
public record RegistrationStatus(
        AddressOfRecord account,
        String server,
        State state,
        int sipStatus,
        String detail,
        Optional<Instant> expires,
        Optional<Instant> nextAttempt) {

    /** Where a registration stands. */
    public enum State {
        /** The first REGISTER, or one after a failure, is on its way. */
        REGISTERING,
        /** Calls come in. */
        REGISTERED,
        /** The registrar says no; attempts go on after growing pauses. */
        REFUSED,
        /** The registrar cannot be reached; attempts go on after growing pauses. */
        UNREACHABLE,
        /** Taken back at the end, or not wanted. */
        UNREGISTERED
    }
}
