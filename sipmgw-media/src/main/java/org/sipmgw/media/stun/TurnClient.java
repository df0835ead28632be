package org.sipmgw.media.stun;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.sipmgw.account.SignallingTransport;
import org.sipmgw.account.StunServer;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.StreamPort;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.spi.DeviceException;

/**
 * The relayed address of one media socket: asked for at a TURN server, kept, asked for again when the server has lost
 * it. Thread-safe; its work is done on the media thread, connecting on others.
 */
public final class TurnClient implements AutoCloseable {
    private static final int CONNECT_MS = 5000;
    private static final long FIRST_PAUSE_NS = 500_000_000L;
    private static final long LONGEST_PAUSE_NS = 16_000_000_000L;

    private final Parts parts;
    private final UdpPort port;
    private final Listener listener;
    private final Random random = new SecureRandom();
    private final TurnRelay relay;
    private final LongConsumer ticker = this::tick;
    private final CompletableFuture<TurnAddresses> first = new CompletableFuture<>();
    private Optional<byte[]> reservation = Optional.empty();
    private boolean pair;
    private @Nullable TurnAllocation allocation;
    private @Nullable TurnLink link;
    private long pauseNs = FIRST_PAUSE_NS;
    private long againNs;
    private boolean waiting;
    private boolean standing;
    private volatile boolean closed;

    /**
     * What clients of one call share.
     *
     * @param loop reads the sockets
     * @param blocking looks names up and connects
     * @param server whom to ask
     * @param tls for a server over TLS
     */
    public record Parts(MediaLoop loop, Executor blocking, StunServer server, SSLContext tls) {}

    /** What happens later. Called on the media thread. */
    public interface Listener {
        /** The address is lost; it will be asked for again until the client is closed. */
        void onLost(String detail);

        /** There is an address again, most often another one. */
        void onRegained(TurnAddresses addresses);

        /** The server does not relay to somebody. */
        void onRefused(InetSocketAddress peer, String detail);
    }

    /**
     * A client that has not asked yet.
     *
     * @param only whether all of the socket's datagrams go through the relay, once there is one
     */
    public TurnClient(Parts parts, UdpPort port, boolean only, Listener listener) {
        this.parts = parts;
        this.port = port;
        this.listener = listener;
        this.relay = new TurnRelay(random, new Incoming());
        port.relay(relay, only);
    }

    /**
     * Asks for an address.
     *
     * @param token of a port kept for us; empty for any
     * @param keepNext whether the server is to keep the next port for a second client
     * @return fails with a {@link DeviceException} that names the server and why
     */
    public CompletionStage<TurnAddresses> open(Optional<byte[]> token, boolean keepNext) {
        parts.loop.execute(() -> {
            if (closed) {
                return;
            }
            reservation = token;
            pair = keepNext;
            parts.loop.addTicker(ticker);
            connect();
        });
        return first;
    }

    /** Lets somebody send to us, from any port (RFC 8656 section 9). */
    public void permit(InetSocketAddress peer) {
        parts.loop.execute(() -> {
            if (!closed) {
                relay.peer(peer);
            }
        });
    }

    /** A peer as a destination that goes through this relay; empty where it cannot be reached. */
    public Optional<InetSocketAddress> through(InetSocketAddress peer) {
        return Optional.ofNullable(relay.peer(peer));
    }

    /** The server's address for people: without secrets. */
    public static String name(StunServer server) {
        boolean tls = server.transport() == SignallingTransport.TLS;
        String host = server.host().indexOf(':') < 0 ? server.host() : "[" + server.host() + "]";
        return (server.relay() ? "turn" : "stun") + (tls ? "s:" : ":") + host + ":" + server.port()
                + (server.transport() == SignallingTransport.TCP ? "?transport=tcp" : "");
    }

    private void connect() {
        waiting = false;
        parts.blocking.execute(() -> {
            try {
                TurnLink made = link();
                parts.loop.execute(() -> connected(made));
            } catch (UnknownHostException e) {
                parts.loop.execute(() -> failed("there is no host " + parts.server.host()));
            } catch (IOException e) {
                parts.loop.execute(() -> failed(reason(e)));
            }
        });
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e.getCause() == null
                        || message.contains(String.valueOf(e.getCause().getMessage()))
                ? message
                : message + ": " + e.getCause().getMessage();
    }

    private TurnLink link() throws IOException {
        StunServer server = parts.server;
        InetSocketAddress address = new InetSocketAddress(resolved(server.host()), server.port());
        if (server.transport() == SignallingTransport.UDP) {
            return new UdpTurnLink(port, address);
        }
        SSLContext tls = server.transport() == SignallingTransport.TLS ? parts.tls : null;
        TurnFrames frames = new TurnFrames(parts.loop.pool(), this::frame, this::failed);
        return new StreamTurnLink(
                StreamPort.connect(parts.loop, address, server.host(), tls, CONNECT_MS, frames), address);
    }

    /** One of the socket's family, where the server has one. */
    private InetAddress resolved(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        for (InetAddress one : all) {
            if (one.getClass() == port.local().getAddress().getClass()) {
                return one;
            }
        }
        return all[0];
    }

    private void frame(Packet packet, long nowNs) {
        InetSocketAddress source = relay.received(packet, nowNs);
        if (source != null) {
            port.deliver(packet, source, nowNs);
        }
    }

    private void connected(TurnLink made) {
        if (closed) {
            made.close();
            return;
        }
        link = made;
        relay.link(made);
        Optional<byte[]> token = first.isDone() ? Optional.empty() : reservation;
        TurnAllocation asked = new TurnAllocation(
                parts.server.credentials(),
                made.stream(),
                message -> made.send(ByteBuffer.wrap(message)) == SendStatus.SENT,
                new Outcome(),
                random);
        allocation = asked;
        boolean ipv6 = port.local().getAddress() instanceof Inet6Address;
        asked.start(ipv6, token, pair && !first.isDone(), System.nanoTime());
    }

    private void tick(long nowNs) {
        TurnAllocation now = allocation;
        if (now != null) {
            now.tick(relay.peers(), nowNs);
        } else if (waiting && nowNs - againNs >= 0) {
            connect();
        }
    }

    private void failed(String detail) {
        if (closed) {
            return;
        }
        boolean had = standing;
        drop();
        String told = name(parts.server) + ": " + detail;
        if (!first.isDone()) {
            first.completeExceptionally(new DeviceException("TURN", "allocate", told));
            close();
            return;
        }
        if (had) {
            pauseNs = FIRST_PAUSE_NS;
            listener.onLost(told);
        }
        againNs = System.nanoTime() + pauseNs;
        pauseNs = Math.min(pauseNs * 2, LONGEST_PAUSE_NS);
        waiting = true;
    }

    private void drop() {
        standing = false;
        allocation = null;
        relay.relayed(null);
        relay.link(null);
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private final class Incoming implements TurnRelay.Messages {
        @Override
        public void message(StunMessage message, long nowNs) {
            if (allocation != null) {
                allocation.message(message, nowNs);
            }
        }

        @Override
        public void heard(long nowNs) {
            if (allocation != null) {
                allocation.heard(nowNs);
            }
        }
    }

    private final class Outcome implements TurnAllocation.Listener {
        @Override
        public void allocated(TurnAddresses addresses) {
            standing = true;
            relay.relayed(addresses.relayed());
            pauseNs = FIRST_PAUSE_NS;
            if (!first.complete(addresses)) {
                listener.onRegained(addresses);
            }
        }

        @Override
        public void failed(String detail) {
            TurnClient.this.failed(detail);
        }

        @Override
        public void permitted(TurnPeer peer) {
            byte[] kept = peer.permit();
            if (kept != null && link != null) {
                link.send(ByteBuffer.wrap(kept));
            }
        }

        @Override
        public void refused(TurnPeer peer, String detail) {
            listener.onRefused(peer, name(parts.server) + ": " + detail);
        }
    }

    /** Gives the address back. Idempotent; the socket stays its owner's, and must not be closed before. */
    @Override
    public void close() {
        closed = true;
        parts.loop.await(() -> {
            parts.loop.removeTicker(ticker);
            if (allocation != null) {
                allocation.close(System.nanoTime());
            }
            drop();
        });
        first.completeExceptionally(new DeviceException("TURN", "allocate", name(parts.server) + ": closed"));
    }
}
