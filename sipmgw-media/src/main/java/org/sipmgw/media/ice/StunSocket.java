package org.sipmgw.media.ice;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.ice4j.socket.IceSocketWrapper;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.UdpPort;

/**
 * The socket as ice4j sees it: only STUN, taken from a queue that the media thread fills. When the queue is full,
 * datagrams are dropped, as on any network.
 */
final class StunSocket extends IceSocketWrapper {
    private static final Datagram END = new Datagram(new byte[0], new InetSocketAddress(0));

    private final BlockingQueue<Datagram> incoming = new ArrayBlockingQueue<>(64);
    private final UdpPort port;
    private final UdpPort.Sender sender;
    private volatile boolean closed;

    @SuppressWarnings("ArrayRecordComponent")
    private record Datagram(byte[] bytes, InetSocketAddress source) {}

    StunSocket(UdpPort port) {
        this.port = port;
        this.sender = port.sender();
    }

    void offer(byte[] buffer, int offset, int length, InetSocketAddress source) {
        if (!closed) {
            incoming.offer(new Datagram(Arrays.copyOfRange(buffer, offset, offset + length), source));
        }
    }

    @Override
    public void send(DatagramPacket packet) {
        // checks and keep-alives come from several threads of ice4j
        synchronized (sender) {
            sender.send(packet.getData(), packet.getOffset(), packet.getLength(), (InetSocketAddress)
                    packet.getSocketAddress());
        }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        Datagram next;
        try {
            next = incoming.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted");
        }
        if (closed) {
            throw new SocketException("closed");
        }
        int length = Math.min(next.bytes.length, packet.getData().length);
        System.arraycopy(next.bytes, 0, packet.getData(), 0, length);
        packet.setLength(length);
        packet.setSocketAddress(next.source);
    }

    @Override
    public void close() {
        closed = true;
        incoming.clear();
        incoming.offer(END);
    }

    @Override
    public InetAddress getLocalAddress() {
        return port.local().getAddress();
    }

    @Override
    public int getLocalPort() {
        return port.local().getPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return port.local();
    }

    @Override
    public @Nullable Socket getTCPSocket() {
        return null;
    }

    /** ice4j asks it for its kind and buffer size only. */
    @Override
    public DatagramSocket getUDPSocket() {
        return port.socketView();
    }
}
