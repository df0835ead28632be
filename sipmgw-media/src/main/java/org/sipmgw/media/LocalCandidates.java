package org.sipmgw.media;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.stun.TurnAddresses;
import org.sipmgw.sdp.IceCandidate;

/** Our candidates of one socket (RFC 8445 section 5.1). */
final class LocalCandidates {
    private static final int HOST = 126;
    private static final int REFLEXIVE = 100;
    private static final int RELAYED = 0;
    private static final int LOCAL_PREFERENCE = 65_535;

    private LocalCandidates() {}

    /**
     * What servers have told of a socket.
     *
     * @param mapped its address as a server sees it
     * @param relayed the address that a server relays from
     */
    record Found(Optional<InetSocketAddress> mapped, Optional<InetSocketAddress> relayed) {
        /** @param samePort whether the server was asked from the media socket itself */
        static Found of(TurnAddresses addresses, boolean samePort) {
            return new Found(samePort ? addresses.mapped() : Optional.empty(), Optional.of(addresses.relayed()));
        }
    }

    /**
     * Candidates of a component.
     *
     * @param inside whether the socket's own addresses are told
     * @param host the socket's address
     */
    static List<IceCandidate> of(int component, boolean inside, InetSocketAddress host, @Nullable Found found) {
        List<IceCandidate> all = new ArrayList<>();
        if (inside) {
            all.add(candidate("1", component, HOST, host, "host"));
        }
        if (found != null) {
            found.mapped()
                    .filter(address -> inside && !address.equals(host))
                    .ifPresent(address -> all.add(candidate("2", component, REFLEXIVE, address, "srflx")));
            found.relayed().ifPresent(address -> all.add(candidate("3", component, RELAYED, address, "relay")));
        }
        return all;
    }

    /** Of a socket of the other IP version, behind those of the first. */
    static IceCandidate second(int component, InetSocketAddress host) {
        long priority = ((long) HOST << 24) | ((long) (LOCAL_PREFERENCE - 1) << 8) | (256 - component);
        return new IceCandidate("4", component, priority, host, "host");
    }

    private static IceCandidate candidate(
            String foundation, int component, int preference, InetSocketAddress address, String type) {
        long priority = ((long) preference << 24) | ((long) LOCAL_PREFERENCE << 8) | (256 - component);
        return new IceCandidate(foundation, component, priority, address, type);
    }
}
