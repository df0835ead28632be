package org.sipmgw.account;

import java.util.Optional;

/**
 * How media of an account get through address translation.
 *
 * @param traversal baresip's {@code medianat}
 * @param server baresip's {@code stunserver} with {@code stunuser} and {@code stunpass}
 */
public record NatSettings(NatTraversal traversal, Optional<StunServer> server) {

    /** No traversal, no server. */
    public static NatSettings none() {
        return new NatSettings(NatTraversal.NONE, Optional.empty());
    }
}
