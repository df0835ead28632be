package org.sipmgw.spi;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.sipmgw.account.NatSettings;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.SignallingTransport;
import org.sipmgw.account.StunServer;

/**
 * How the media of calls get through address translation. Immutable; checked when made.
 *
 * @param traversal which way
 * @param server the STUN or TURN server, where the way needs one
 * @param publicAddress stated instead of the gateway's own, whose ports a 1:1 NAT forwards unchanged; only without a
 *     traversal or with ICE
 * @param relayOnly with ICE: only the relayed address is told, so that the peer learns no address of the gateway
 * @param caFile certificates in PEM that may vouch for a server over TLS; empty for those that Java trusts
 */
public record NatPolicy(
        NatTraversal traversal,
        Optional<StunServer> server,
        Optional<InetAddress> publicAddress,
        boolean relayOnly,
        Optional<Path> caFile) {

    public NatPolicy {
        switch (traversal) {
            case NONE -> {}
            case STUN -> {
                if (server.isEmpty() || server.get().transport() != SignallingTransport.UDP) {
                    throw new ConfigException(
                            "nat.server", server.isEmpty() ? "" : "TCP or TLS", "stun:HOST[:PORT], by UDP");
                }
            }
            case TURN -> requireRelay(server);
            case ICE -> {
                if (relayOnly) {
                    requireRelay(server);
                }
            }
        }
        if (publicAddress.isPresent() && (traversal == NatTraversal.STUN || traversal == NatTraversal.TURN)) {
            throw new ConfigException(
                    "nat.publicAddress", publicAddress.get().getHostAddress(), "nothing, or nat.type none or ice");
        }
    }

    private static void requireRelay(Optional<StunServer> server) {
        if (server.isEmpty() || !server.get().relay()) {
            throw new ConfigException(
                    "nat.server",
                    server.isEmpty() ? "" : "a STUN server",
                    "turn:HOST[:PORT][?transport=udp|tcp] or turns:HOST[:PORT]");
        }
    }

    /** The gateway's own address, as it is. */
    public static NatPolicy none() {
        return new NatPolicy(NatTraversal.NONE, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /** A static public address that forwards all media ports to the gateway. */
    public static NatPolicy staticAddress(InetAddress publicAddress) {
        return new NatPolicy(NatTraversal.NONE, Optional.empty(), Optional.of(publicAddress), false, Optional.empty());
    }

    /** What an account asks for. */
    public static NatPolicy of(NatSettings settings) {
        return new NatPolicy(settings.traversal(), settings.server(), Optional.empty(), false, Optional.empty());
    }

    /** The same, with other certificates to trust. */
    public NatPolicy withCaFile(Path pem) {
        return new NatPolicy(traversal, server, publicAddress, relayOnly, Optional.of(pem));
    }

    /** The same, telling only relayed addresses. */
    public NatPolicy withRelayOnly() {
        return new NatPolicy(traversal, server, publicAddress, true, caFile);
    }
}
