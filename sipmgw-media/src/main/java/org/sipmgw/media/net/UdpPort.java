package org.sipmgw.media.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Packet;

/** One bound UDP socket of a {@link MediaLoop}, with a relay before it where there is one. */
public final class UdpPort implements LoopChannel, AutoCloseable {
    private static final int READS_PER_TURN = 64;

    private final MediaLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Sender sender = new Sender();
    private volatile @Nullable Relay relay;
    private volatile boolean relayOnly;
    volatile DatagramHandler handler;

    UdpPort(MediaLoop loop, DatagramChannel channel, DatagramHandler handler) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.handler = handler;
        this.local = (InetSocketAddress) channel.getLocalAddress();
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
    }

    /** Sends from the loop's thread. */
    public SendStatus send(Packet packet, InetSocketAddress to) {
        return sender.send(packet.buffer(), packet.offset(), packet.length(), to);
    }

    /** Sends what is ready as it is, past any relay; from any thread. */
    public SendStatus sendDirect(ByteBuffer datagram, InetSocketAddress to) {
        int length = datagram.remaining();
        try {
            return channel.send(datagram, to) == length ? SendStatus.SENT : SendStatus.LOST;
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
