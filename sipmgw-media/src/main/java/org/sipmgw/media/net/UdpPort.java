package org.sipmgw.media.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Packet;

/**
 * One bound UDP socket of a {@link MediaLoop}, or one call's share of a {@link SharedPort}, with a relay before it where
 * there is one.
 */
public final class UdpPort implements LoopChannel, AutoCloseable {
    private static final int READS_PER_TURN = 64;

    private final MediaLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final @Nullable SharedPort shared;
    private final Sender sender = new Sender();
    private volatile @Nullable Relay relay;
    private volatile boolean relayOnly;
    /** Of the other IP version. */
    private volatile @Nullable UdpPort beside;

    volatile DatagramHandler handler;

    UdpPort(MediaLoop loop, DatagramChannel channel, DatagramHandler handler) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.handler = handler;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.shared = null;
    }

    /** A share of that port. */
    UdpPort(SharedPort shared, UdpPort socket) {
        this.loop = socket.loop;
        this.channel = socket.channel;
        this.handler = PortPair.NOBODY;
        this.local = socket.local;
        this.shared = shared;
    }

    /** Where this socket is bound. */
    public InetSocketAddress local() {
        return local;
    }

    /**
     * Puts a relay before this socket.
     *
     * @param only whether everything goes through it, and what comes another way is dropped; else only what is sent to
     *     a {@link RelayedAddress}
     */
    public void relay(Relay server, boolean only) {
        relayOnly = only;
        relay = server;
    }

    /** As said with {@link #relay(Relay, boolean)}, from now on otherwise. */
    public void relayOnly(boolean only) {
        relayOnly = only;
    }

    /** Gives what is sent from now on a traffic class (the byte that holds DSCP and was called TOS). */
    public void trafficClass(int value) throws IOException {
        channel.setOption(StandardSocketOptions.IP_TOS, value);
        UdpPort other = beside;
        if (other != null) {
            other.trafficClass(value);
        }
    }

    /** Takes another port's datagrams as well, and sends by it what its IP version reaches; closes it too. */
    public void withOther(UdpPort ofOtherVersion) {
        ofOtherVersion.handler = handler;
        beside = ofOtherVersion;
    }

    /** The port of the other IP version, where there is one. */
    public Optional<UdpPort> other() {
        return Optional.ofNullable(beside);
    }

    void handler(DatagramHandler next) {
        handler = next;
        UdpPort other = beside;
        if (other != null) {
            other.handler = next;
        }
    }

    /** This, or the other one where only that reaches the address. */
    private UdpPort towards(InetSocketAddress to) {
        UdpPort other = beside;
        return other != null && to.getAddress() instanceof Inet4Address != local.getAddress() instanceof Inet4Address
                ? other
                : this;
    }

    /** On a shared port: who asks for this name by ICE means us. On the loop's thread. */
    public void answersTo(String userNameFragment) {
        if (shared != null) {
            shared.name(userNameFragment, this);
        }
        other().ifPresent(other -> other.answersTo(userNameFragment));
    }

    /** On a shared port: what comes from there is ours, unless another call has a better claim. On the loop's thread. */
    public void expects(InetSocketAddress source, SourceClaim claim) {
        UdpPort way = towards(source);
        if (way.shared != null) {
            way.shared.route(source, way, claim);
        }
    }

    /** On a shared port: no address is our peer's for sure any more. On the loop's thread. */
    public void expectsNobody() {
        if (shared != null) {
            shared.doubt(this);
        }
        other().ifPresent(UdpPort::expectsNobody);
    }

    /** Sends from the loop's thread. */
    public SendStatus send(Packet packet, InetSocketAddress to) {
        return sender.send(packet.buffer(), packet.offset(), packet.length(), to);
    }

    /** Sends what is ready as it is, past any relay; from any thread. */
    public SendStatus sendDirect(ByteBuffer datagram, InetSocketAddress to) {
        int length = datagram.remaining();
        try {
            return towards(to).channel.send(datagram, to) == length ? SendStatus.SENT : SendStatus.LOST;
        } catch (IOException e) {
            return SendStatus.LOST;
        }
    }

    /** A way to send for one other thread, with a buffer of its own. */
    public Sender sender() {
        return new Sender();
    }

    /** The same socket for libraries that want to look at one; to be looked at only. */
    public DatagramSocket socketView() {
        return channel.socket();
    }

    /** Hands on what a relay has brought by another way than this socket; on the loop's thread. */
    public void deliver(Packet packet, InetSocketAddress source, long nowNs) {
        handler.datagram(packet, source, nowNs);
    }

    @Override
    public void ready(SelectionKey key) {
        ByteBuffer direct = loop.direct();
        try {
            for (int i = 0; i < READS_PER_TURN; i++) {
                direct.clear();
                InetSocketAddress source = (InetSocketAddress) channel.receive(direct);
                if (source == null) {
                    return;
                }
                direct.flip();
                take(direct, source);
            }
        } catch (ClosedChannelException e) {
            key.cancel();
        } catch (IOException e) {
            loop.log(System.Logger.Level.DEBUG, "reading " + local, e);
        }
    }

    private void take(ByteBuffer direct, InetSocketAddress source) {
        Packet packet = loop.pool().acquire(direct.remaining());
        try {
            direct.get(packet.buffer(), 0, packet.length());
            long nowNs = System.nanoTime();
            InetSocketAddress from = behindRelay(packet, source, nowNs);
            if (from != null) {
                handler.datagram(packet, from, nowNs);
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            loop.fault(e);
        } finally {
            loop.pool().release(packet);
        }
    }

    private @Nullable InetSocketAddress behindRelay(Packet packet, InetSocketAddress source, long nowNs) {
        Relay server = relay;
        if (server == null) {
            return source;
        }
        if (server.isServer(source)) {
            return server.received(packet, nowNs);
        }
        return relayOnly ? null : source;
    }

    /** Frees the port. Idempotent; from any thread. */
    @Override
    public void close() {
        other().ifPresent(UdpPort::close);
        if (shared != null) {
            shared.leave(this);
            return;
        }
        SelectionKey key = channel.keyFor(loop.selector());
        try {
            channel.close();
        } catch (IOException e) {
            loop.log(System.Logger.Level.DEBUG, "closing " + local, e);
        }
        if (key != null) {
            loop.closed(this, key);
        }
    }

    /** What became of a datagram. */
    public enum SendStatus {
        SENT,
        /** The socket's buffer is full or the network refused it; it is lost, as any datagram may be. */
        LOST,
        /** Nowhere to send to yet, or no keys yet. */
        NOT_CONNECTED
    }

    /** Sends for one thread. */
    public final class Sender {
        private final ByteBuffer direct = ByteBuffer.allocateDirect(MediaLoop.MAX_DATAGRAM);

        private Sender() {}

        /** Sends one datagram at once. */
        public SendStatus send(byte[] buffer, int offset, int length, InetSocketAddress to) {
            Relay server = relay;
            if (server != null && (relayOnly || to instanceof RelayedAddress)) {
                return server.send(direct, buffer, offset, length, to);
            }
            if (length > direct.capacity()) {
                return SendStatus.LOST;
            }
            direct.clear();
            direct.put(buffer, offset, length).flip();
            return sendDirect(direct, to);
        }
    }
}
