package org.sipmgw.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.SignallingTransport;
import org.sipmgw.account.StunServer;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.stun.StunClient;
import org.sipmgw.media.stun.TrustedServers;
import org.sipmgw.media.stun.TurnAddresses;
import org.sipmgw.media.stun.TurnClient;
import org.sipmgw.sdp.IceCandidate;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.StatedAddresses;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.NatPolicy;

/** The addresses of one call that the room is told, and the servers that give them. Thread-safe. */
final class RoomAddresses implements AutoCloseable {
    private static final List<MediaKind> KINDS = List.of(MediaKind.AUDIO, MediaKind.VIDEO);

    private final BridgedMediaEngine engine;
    private final NatPolicy policy;
    private final ByKind<PortPair> ports;
    private final Optional<InetAddress> signallingPeer;
    private final MediaListener listener;
    private final List<AutoCloseable> clients = new CopyOnWriteArrayList<>();
    private final Map<UdpPort, TurnClient> relays = new ConcurrentHashMap<>();
    private final Map<UdpPort, LocalCandidates.Found> found = new ConcurrentHashMap<>();
    private final Map<UdpPort, InetSocketAddress> regained = new ConcurrentHashMap<>();
    private final Set<UdpPort> lost = ConcurrentHashMap.newKeySet();
    private volatile LocalMedia localMedia;
    private volatile boolean closed;

    RoomAddresses(
            BridgedMediaEngine engine,
            NatPolicy policy,
            ByKind<PortPair> ports,
            Optional<InetAddress> signallingPeer,
            LocalMedia bound,
            MediaListener listener) {
        this.engine = engine;
        this.policy = policy;
        this.ports = ports;
        this.signallingPeer = signallingPeer;
        this.localMedia = bound;
        this.listener = listener;
    }

    LocalMedia localMedia() {
        return localMedia;
    }

    /** Asks the servers. */
    CompletionStage<LocalMedia> gather() {
        return switch (policy.traversal()) {
            case NONE -> CompletableFuture.completedFuture(atPublicAddress());
            case ICE -> withServer();
            case STUN -> both(kind -> mapped(ports.get(kind)));
            case TURN -> both(kind -> relayed(ports.get(kind)));
        };
    }

    private CompletionStage<LocalMedia> withServer() {
        if (policy.server().isEmpty()) {
            return CompletableFuture.completedFuture(atPublicAddress());
        }
        return server().relay() ? both(kind -> relayed(ports.get(kind))) : both(kind -> mapped(ports.get(kind)));
    }

    private LocalMedia atPublicAddress() {
        Map<MediaKind, StatedAddresses> stated = new EnumMap<>(MediaKind.class);
        KINDS.forEach(kind -> {
            PortPair pair = ports.get(kind);
            if (pair.isOne() || policy.publicAddress().isPresent()) {
                stated.put(
                        kind,
                        new StatedAddresses(
                                outside(pair.rtp().local()), outside(pair.rtcp().local())));
            }
        });
        return told(stated);
    }

    private LocalMedia told(Map<MediaKind, StatedAddresses> stated) {
        boolean inside = !policy.relayOnly() && policy.traversal() != NatTraversal.TURN;
        Map<MediaKind, List<IceCandidate>> candidates = new EnumMap<>(MediaKind.class);
        KINDS.forEach(kind -> {
            PortPair pair = ports.get(kind);
            List<IceCandidate> all = new ArrayList<>();
            all.addAll(candidates(1, inside, pair.rtp()));
            if (!pair.isOne()) {
                all.addAll(candidates(2, inside, pair.rtcp()));
            }
            candidates.put(kind, all);
        });
        localMedia = localMedia.stating(stated).withCandidates(candidates, policy.traversal() == NatTraversal.ICE);
        return localMedia;
    }

    private List<IceCandidate> candidates(int component, boolean inside, UdpPort port) {
        List<IceCandidate> all =
                new ArrayList<>(LocalCandidates.of(component, inside, outside(port.local()), found.get(port)));
        port.other()
                .filter(second -> inside)
                .ifPresent(second -> all.add(LocalCandidates.second(component, outside(second.local()))));
        return all;
    }

    private InetSocketAddress outside(InetSocketAddress bound) {
        return policy.publicAddress()
                .filter(address -> address.getClass() == bound.getAddress().getClass())
                .map(address -> new InetSocketAddress(address, bound.getPort()))
                .orElse(bound);
    }

    /** Asks for one kind. */
    private interface Asking {
        CompletionStage<StatedAddresses> of(MediaKind kind);
    }

    private CompletionStage<LocalMedia> both(Asking asking) {
        return asking.of(MediaKind.AUDIO).thenCombine(asking.of(MediaKind.VIDEO), (audio, video) -> {
            return told(Map.of(
                    MediaKind.AUDIO, latest(ports.audio(), audio), MediaKind.VIDEO, latest(ports.video(), video)));
        });
    }

    /** While others were still asked for, a relay may have been lost and another one given. */
    StatedAddresses latest(PortPair pair, StatedAddresses first) {
        return new StatedAddresses(
                regained.getOrDefault(pair.rtp(), first.rtp()), regained.getOrDefault(pair.rtcp(), first.rtcp()));
    }

    private CompletionStage<StatedAddresses> mapped(PortPair pair) {
        return mapped(pair.rtp()).thenCombine(mapped(pair.rtcp()), StatedAddresses::new);
    }

    private CompletionStage<InetSocketAddress> mapped(UdpPort port) {
        StunClient client = new StunClient(
                engine.loop(),
                port,
                server(),
                moved -> listener.onWarning("the NAT has given another address: " + moved));
        owned(client);
        return client.open(engine.blocking()).thenApply(address -> {
            found.put(port, new LocalCandidates.Found(Optional.of(address), Optional.empty()));
            return address;
        });
    }

    private CompletionStage<StatedAddresses> relayed(PortPair pair) {
        return CompletableFuture.supplyAsync(() -> TrustedServers.context(policy.caFile()), engine.blocking())
                .thenCompose(tls -> {
                    TurnClient.Parts parts = new TurnClient.Parts(engine.loop(), engine.blocking(), server(), tls);
                    TurnClient rtp = relay(parts, pair, pair.rtp());
                    TurnClient rtcp = relay(parts, pair, pair.rtcp());
                    return rtp.open(Optional.empty(), true)
                            .thenCompose(first -> rtcp.open(first.reservation(), false)
                                    .thenApply(second -> both(pair, first, second)));
                });
    }

    private StatedAddresses both(PortPair pair, TurnAddresses first, TurnAddresses second) {
        boolean udp = server().transport() == SignallingTransport.UDP;
        found.putIfAbsent(pair.rtp(), LocalCandidates.Found.of(first, udp));
        found.putIfAbsent(pair.rtcp(), LocalCandidates.Found.of(second, udp));
        return new StatedAddresses(first.relayed(), second.relayed());
    }

    private TurnClient relay(TurnClient.Parts parts, PortPair pair, UdpPort port) {
        TurnClient client = new TurnClient(parts, port, true, new Reports(pair, port));
        relays.put(port, client);
        owned(client);
        return client;
    }

    private void owned(AutoCloseable client) {
        clients.add(client);
        if (closed) {
            close();
        }
    }

    private StunServer server() {
        return policy.server().orElseThrow();
    }

    /** Lets the room send through the relays: from where it says, and from where its signalling comes. */
    void agree(Collection<NegotiatedStream> streams) {
        for (NegotiatedStream stream : streams) {
            PortPair pair = ports.get(stream.kind());
            if (policy.traversal() == NatTraversal.ICE && !relays.isEmpty()) {
                // a room without ICE has been told the relayed address
                boolean only = policy.relayOnly() || stream.options().ice().isEmpty();
                pair.rtp().relayOnly(only);
                pair.rtcp().relayOnly(only);
            }
            stream.options()
                    .ice()
                    .ifPresent(ice -> ice.remote()
                            .candidates()
                            .forEach(candidate -> permit(
                                    candidate.component() == 1 ? pair.rtp() : pair.rtcp(), candidate.address())));
            permit(pair.rtp(), stream.remoteRtp());
            permit(stream.rtcpMux() ? pair.rtp() : pair.rtcp(), stream.remoteRtcp());
        }
    }

    private void permit(UdpPort port, InetSocketAddress peer) {
        TurnClient relay = relays.get(port);
        if (relay != null && !peer.getAddress().isAnyLocalAddress()) {
            relay.permit(peer);
            signallingPeer
                    .filter(address -> !address.equals(peer.getAddress()))
                    .ifPresent(address -> relay.permit(new InetSocketAddress(address, peer.getPort())));
        }
    }

    /** What one relay reports after the beginning. */
    final class Reports implements TurnClient.Listener {
        private final PortPair pair;
        private final UdpPort port;

        Reports(PortPair pair, UdpPort port) {
            this.pair = pair;
            this.port = port;
        }

        @Override
        public void onLost(String detail) {
            lost.add(port);
            listener.onWarning("the relay is lost, asking for another address: " + detail);
        }

        @Override
        public void onRegained(TurnAddresses addresses) {
            Map<MediaKind, StatedAddresses> stated = new EnumMap<>(MediaKind.class);
            stated.putAll(localMedia.stated());
            MediaKind kind = pair.equals(ports.audio()) ? MediaKind.AUDIO : MediaKind.VIDEO;
            regained.put(port, addresses.relayed());
            found.put(port, LocalCandidates.Found.of(addresses, false));
            lost.remove(port);
            StatedAddresses before = stated.get(kind);
            if (before == null) {
                // nothing has been told yet, and the new one will be
                return;
            }
            stated.put(kind, latest(pair, before));
            told(stated);
            // sockets of a call lose their relays together: the room is told once
            if (lost.isEmpty()) {
                listener.onLocalMediaChanged(localMedia);
            }
        }

        @Override
        public void onRefused(InetSocketAddress peer, String detail) {
            listener.onWarning("the relay refuses " + peer.getAddress().getHostAddress() + ": " + detail);
        }
    }

    @Override
    public void close() {
        closed = true;
        List<AutoCloseable> all = new ArrayList<>(clients);
        for (AutoCloseable client : all) {
            try {
                client.close();
            } catch (Exception e) {
                System.getLogger(RoomAddresses.class.getName()).log(System.Logger.Level.WARNING, "not closed", e);
            }
        }
    }
}
