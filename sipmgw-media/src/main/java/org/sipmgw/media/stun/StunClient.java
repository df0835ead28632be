package org.sipmgw.media.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.account.StunServer;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.Relay;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.spi.DeviceException;

/**
 * The server-reflexive address of one media socket (RFC 8489), asked for again every 15 s, which keeps the NAT's mapping
 * open. It takes a relay's place at the socket, but relays nothing.
 */
public final class StunClient implements Relay, AutoCloseable {
    private static final long KEEP_ALIVE_NS = 15_000_000_000L;

    private final MediaLoop loop;
    private final UdpPort port;
    private final StunServer server;
    private final Consumer<InetSocketAddress> moved;
    private final SecureRandom random = new SecureRandom();
    private final LongConsumer ticker = this::tick;
    private final CompletableFuture<InetSocketAddress> first = new CompletableFuture<>();
    private volatile @Nullable InetSocketAddress address;
    private @Nullable StunTransaction open;
    private @Nullable InetSocketAddress mapped;
    private long nextNs;
    private volatile boolean closed;

    /**
     * A client that has not asked yet.
     *
     * @param moved told, on the media thread, when the address has become another one
     */
    public StunClient(MediaLoop loop, UdpPort port, StunServer server, Consumer<InetSocketAddress> moved) {
        this.loop = loop;
        this.port = port;
        this.server = server;
        this.moved = moved;
        port.relay(this, false);
    }

    /** Asks; fails with a {@link DeviceException} that names the server. */
    public CompletionStage<InetSocketAddress> open(Executor blocking) {
        blocking.execute(() -> {
            try {
                address = new InetSocketAddress(resolved(), server.port());
                loop.execute(() -> {
                    // while the name was looked up the call may have ended
                    if (!closed) {
                        nextNs = System.nanoTime();
                        loop.addTicker(ticker);
                    }
                });
            } catch (UnknownHostException e) {
                fail("there is no host " + server.host());
            }
        });
        return first;
    }

    private InetAddress resolved() throws UnknownHostException {
        for (InetAddress one : InetAddress.getAllByName(server.host())) {
            if (one.getClass() == port.local().getAddress().getClass()) {
                return one;
            }
        }
        throw new UnknownHostException(server.host());
    }

    private void fail(String detail) {
        first.completeExceptionally(new DeviceException("STUN", "binding", TurnClient.name(server) + ": " + detail));
    }

    private void tick(long nowNs) {
        StunTransaction transaction = open;
        if (transaction == null && nowNs - nextNs >= 0) {
            transaction = new StunTransaction(Stun.BINDING, null, writer -> {});
            byte[] id = new byte[Stun.ID_BYTES];
            random.nextBytes(id);
            transaction.renewed(id, new StunWriter(Stun.BINDING, Stun.REQUEST, id).plain(), false, nowNs);
            open = transaction;
        }
        InetSocketAddress to = address;
        if (transaction != null && to != null && transaction.due(nowNs)) {
            if (transaction.expired()) {
                open = null;
                nextNs = nowNs + KEEP_ALIVE_NS;
                fail("no answer");
                return;
            }
            port.sendDirect(ByteBuffer.wrap(transaction.message), to);
            transaction.sent(false, nowNs);
        }
    }

    @Override
    public boolean isServer(InetSocketAddress source) {
        return source.equals(address);
    }

    @Override
    public @Nullable InetSocketAddress received(Packet packet, long nowNs) {
        Optional<StunMessage> message = StunMessage.at(packet.buffer(), packet.offset(), packet.length());
        StunTransaction transaction = open;
        if (transaction == null || message.isEmpty() || !message.get().answers(transaction.id)) {
            return null;
        }
        open = null;
        nextNs = nowNs + KEEP_ALIVE_NS;
        Optional<InetSocketAddress> seen = message.get().address(Stun.XOR_MAPPED_ADDRESS);
        if (message.get().messageClass() != Stun.SUCCESS || seen.isEmpty()) {
            fail("its answer names no address");
        } else if (!first.complete(seen.get()) && !seen.get().equals(mapped)) {
            moved.accept(seen.get());
        }
        mapped = seen.orElse(mapped);
        return null;
    }

    @Override
    public SendStatus send(ByteBuffer scratch, byte[] buffer, int offset, int length, InetSocketAddress to) {
        return SendStatus.NOT_CONNECTED;
    }

    /** Asks no more. Idempotent. */
    @Override
    public void close() {
        closed = true;
        loop.execute(() -> loop.removeTicker(ticker));
        fail("closed");
    }
}
