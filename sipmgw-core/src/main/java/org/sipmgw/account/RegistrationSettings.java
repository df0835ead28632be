package org.sipmgw.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where and how an account registers.
 *
 * @param interval wished lifetime of a registration; zero: the account does not register
 * @param outbound proxies that everything goes through, in order of preference; the two {@code outbound} of baresip
 * @param flows whether each proxy gets a flow of its own that is kept alive (RFC 5626); baresip's {@code sipnat=outbound}
 * @param q preference of this contact, 0 to 1000 thousandths; empty where none is told
 * @param certificate PEM file with certificate and key that the gateway shows to the registrar over TLS
 */
public record RegistrationSettings(
        Duration interval, List<SipServer> outbound, boolean flows, Optional<Integer> q, Optional<String> certificate) {
    public RegistrationSettings {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("regint must not be negative");
        }
        outbound = List.copyOf(outbound);
    }

    /** Whether the account registers at all. */
    public boolean wanted() {
        return !interval.isZero();
    }
}
