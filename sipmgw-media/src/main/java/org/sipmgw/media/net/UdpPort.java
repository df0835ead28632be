package org.sipmgw.media.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.sipmgw.media.rtp.Packet;

/** One bound UDP socket of a {@link MediaLoop}. */
public final class UdpPort implements AutoCloseable {
    private final MediaLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Sender sender = new Sender();
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

    /** Sends from the loop's thread. */
    public SendStatus send(Packet packet, InetSocketAddress to) {
        return sender.send(packet.buffer(), packet.offset(), packet.length(), to);
    }

    /** A way to send for one other thread, with a buffer of its own. */
    public Sender sender() {
        return new Sender();
    }

    /** The same socket for libraries that want to look at one; to be looked at only. */
    public DatagramSocket socketView() {
        return channel.socket();
    }

    DatagramChannel channel() {
        return channel;
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
            if (length > direct.capacity()) {
                return SendStatus.LOST;
            }
            direct.clear();
            direct.put(buffer, offset, length).flip();
            try {
                return channel.send(direct, to) == length ? SendStatus.SENT : SendStatus.LOST;
            } catch (IOException e) {
                return SendStatus.LOST;
            }
        }
    }
}
