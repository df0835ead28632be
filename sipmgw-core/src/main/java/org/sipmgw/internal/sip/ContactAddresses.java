package org.sipmgw.internal.sip;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where our Contacts say that we are: at our own address, at a public one that was configured, or where the NAT before us
 * makes a server see us. Thread-safe.
 */
final class ContactAddresses {
    private final Optional<SipPlace> configured;
    private final Map<Peer, SipPlace> seen = new ConcurrentHashMap<>();

    private record Peer(SipBinding.Protocol protocol, InetAddress address) {}

    /** @param configured told to everybody; its port may be 0 for that of the listening point */
    ContactAddresses(Optional<SipPlace> configured) {
        this.configured = configured;
    }

    /** Whether nothing can be learned. */
    boolean areConfigured() {
        return configured.isPresent();
    }

    /** That server sees us there. */
    void seen(SipHop by, SipPlace place) {
        seen.put(new Peer(by.protocol(), by.address()), place);
    }

    /** What a peer is told. */
    SipPlace towards(InetAddress peer, SipBinding.Protocol protocol, SipPlace own) {
        return configured
                .map(place -> place.port() == 0 ? new SipPlace(place.host(), own.port()) : place)
                .orElseGet(() -> seen.getOrDefault(new Peer(protocol, peer), own));
    }
}
