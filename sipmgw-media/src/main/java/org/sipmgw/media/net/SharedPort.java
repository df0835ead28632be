package org.sipmgw.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketKind;

/**
 * One socket of several calls. Whose a datagram is follows from its source; a STUN request says it by its user name, and
 * who proves to be a call's peer makes its source that call's. Everything else is nobody's: dropped and counted. Belongs
 * to the loop's thread.
 */
final class SharedPort {
    /** Sources of one share: what ICE may try, and some for peers that move. */
    private static final int MOST_ROUTES = 160;

    private final SharedPorts owner;
    private final UdpPort socket;
    private final Map<InetSocketAddress, Route> routes = new HashMap<>();
    private final Map<String, UdpPort> names = new HashMap<>();
    /** Guarded by the owner. */
    int shares;

    /** Whose datagrams of one source are. */
    private static final class Route {
        UdpPort share;
        SourceClaim claim;

        Route(UdpPort share, SourceClaim claim) {
            this.share = share;
            this.claim = claim;
        }
    }

    SharedPort(SharedPorts owner, Opening opening) throws IOException {
        this.owner = owner;
        this.socket = opening.open(this::datagram);
    }

    /** Binds the socket. */
    interface Opening {
        UdpPort open(DatagramHandler handler) throws IOException;
    }

    UdpPort socket() {
        return socket;
    }

    private void datagram(Packet packet, InetSocketAddress source, long nowNs) {
        Route route = routes.get(source);
        UdpPort share = route == null ? null : route.share;
        if (PacketKind.of(packet) == PacketKind.STUN) {
            String name = owner.sessionOf(packet);
            if (name != null) {
                share = names.get(name);
            }
        }
        if (share == null) {
            owner.stray();
        } else {
            share.handler.datagram(packet, source, nowNs);
        }
    }

    void name(String userNameFragment, UdpPort share) {
        names.putIfAbsent(userNameFragment, share);
    }

    void route(InetSocketAddress source, UdpPort share, SourceClaim claim) {
        Route known = routes.get(source);
        if (known == null) {
            long mine =
                    routes.values().stream().filter(one -> one.share == share).count();
            if (mine < MOST_ROUTES) {
                routes.put(source, new Route(share, claim));
            }
            return;
        }
        int more = claim.compareTo(known.claim);
        if (known.share == share) {
            known.claim = more > 0 ? claim : known.claim;
        } else if (more > 0 || (more == 0 && claim == SourceClaim.TRIED)) {
            known.share = share;
            known.claim = claim;
        } else if (claim != SourceClaim.TRIED) {
            // two calls cannot have the same source: the first one keeps it until it ends or loses its peer
            owner.stray();
        }
    }

    void doubt(UdpPort share) {
        for (Route route : routes.values()) {
            if (route.share == share) {
                route.claim = SourceClaim.TRIED;
            }
        }
    }

    /** The share is given back; from any thread. */
    void leave(UdpPort share) {
        share.handler = PortPair.NOBODY;
        owner.left(this, share);
    }

    void forget(UdpPort share) {
        routes.values().removeIf(route -> route.share == share);
        names.values().removeIf(named -> named == share);
    }
}
