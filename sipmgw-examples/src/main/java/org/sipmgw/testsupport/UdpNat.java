package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A NAT between one client and one server over UDP: the client sends to the inside, the server sees 127.0.0.2 and another
 * port. Thread-safe.
 */
public final class UdpNat implements AutoCloseable {

    private static final int LARGEST = 65_536;

    private final InetSocketAddress server;
    private final DatagramSocket inside;
    private volatile DatagramSocket outside;
    private volatile @Nullable SocketAddress client;

    private UdpNat(InetSocketAddress server) throws IOException {
        this.server = server;
        this.inside = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        this.outside = opened();
        start(this::outwards);
    }

    /** One before that server. */
    public static UdpNat to(InetSocketAddress server) throws IOException {
        return new UdpNat(server);
    }

    private DatagramSocket opened() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"));
        start(() -> inwards(socket));
        return socket;
    }

    /** Where the client sends what is for the server. */
    public InetSocketAddress inside() {
        return (InetSocketAddress) inside.getLocalSocketAddress();
    }

    /** Where the server sees the client. */
    public InetSocketAddress outside() {
        return (InetSocketAddress) outside.getLocalSocketAddress();
    }

    /** Forgets the client, as a NAT does that restarts: from now on the server sees it elsewhere. */
    public void forget() throws IOException {
        DatagramSocket before = outside;
        outside = opened();
        before.close();
    }

    private void outwards() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (receive(inside, packet)) {
            client = packet.getSocketAddress();
            send(outside, packet, server);
        }
    }

    private void inwards(DatagramSocket from) {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (receive(from, packet)) {
            SocketAddress to = client;
            if (to != null) {
                send(inside, packet, to);
            }
        }
    }

    private static boolean receive(DatagramSocket socket, DatagramPacket packet) {
        try {
            packet.setLength(LARGEST);
            socket.receive(packet);
            return true;
        } catch (SocketException e) {
            return false;
        } catch (IOException e) {
            return !socket.isClosed();
        }
    }

    private static void send(DatagramSocket by, DatagramPacket packet, SocketAddress to) {
        try {
            by.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
        } catch (IOException e) {
            // UDP: it is lost, as it may be
            System.getLogger(UdpNat.class.getName()).log(System.Logger.Level.TRACE, "not sent", e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "phone-nat");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
