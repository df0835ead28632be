package org.sipmgw.media.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketKind;
import org.sipmgw.media.stun.IceAgent;
import org.sipmgw.sdp.IceCandidate;
import org.sipmgw.sdp.IceDescription;
import org.sipmgw.sdp.IceSession;
import org.sipmgw.sdp.MediaDescription;

/** One media line of a room system that speaks ICE over one port, controlling. Thread-safe. */
public final class IceRoom implements AutoCloseable, IceAgent.Output, IceAgent.Listener {
    private static final String PASSWORD = "0123456789abcdefghijklmn";

    private final Random random;
    private final InetAddress address;
    private final List<byte[]> media = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> selected = new CopyOnWriteArrayList<>();
    private DatagramSocket socket;
    private String ufrag;
    private @Nullable IceAgent agent;

    /** A socket on that address. */
    public IceRoom(InetAddress address, long seed) throws IOException {
        this.random = new Random(seed);
        this.address = address;
        this.socket = socket();
        this.ufrag = "room" + seed;
        Thread ticks = new Thread(this::tick, "ice-room-ticks");
        ticks.setDaemon(true);
        ticks.start();
    }

    private DatagramSocket socket() throws SocketException {
        DatagramSocket made = new DatagramSocket(0, address);
        Thread thread = new Thread(() -> listen(made), "ice-room");
        thread.setDaemon(true);
        thread.start();
        return made;
    }

    /** The line of its offer; {@code formats} are payload types and attributes. */
    public synchronized String line(String kind, String formats) {
        String host = address.getHostAddress();
        return "m=" + kind + " " + socket.getLocalPort() + " RTP/AVP " + formats + "a=rtcp-mux\r\na=ice-ufrag:" + ufrag
                + "\r\na=ice-pwd:" + PASSWORD + "\r\na=candidate:1 1 UDP 2130706431 " + host + " "
                + socket.getLocalPort() + " typ host\r\n";
    }

    /** Begins with what the gateway's line says. */
    public synchronized void answered(MediaDescription line) {
        List<IceCandidate> theirs = line.values("candidate")
                .flatMap(value -> IceCandidate.parse(value).stream())
                .toList();
        InetSocketAddress own = new InetSocketAddress(address, socket.getLocalPort());
        IceSession session = new IceSession(
                new IceDescription(
                        ufrag, PASSWORD, List.of(new IceCandidate("1", 1, 2_130_706_431L, own, "host")), false),
                new IceDescription(
                        line.attribute("ice-ufrag").orElseThrow(),
                        line.attribute("ice-pwd").orElseThrow(),
                        theirs,
                        false),
                true);
        agent = new IceAgent(session, true, this, this, random, System.nanoTime());
    }

    /** Is at another port from now on, and restarts with its next offer. */
    public synchronized void move() throws IOException {
        DatagramSocket before = socket;
        socket = socket();
        ufrag = ufrag + "x";
        before.close();
    }

    /** Where the gateway was found, the latest last. */
    public List<InetSocketAddress> selected() {
        return selected;
    }

    /** Where it is. */
    public synchronized InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Sends to where the gateway was found. */
    public void send(byte[] packet) {
        send(packet, selected.get(selected.size() - 1));
    }

    /** Sends as it is. */
    public synchronized void send(byte[] packet, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(packet, packet.length, to));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has come, other than checks. */
    public List<byte[]> media() {
        return media;
    }

    @Override
    public void send(int component, boolean relayed, byte[] message, InetSocketAddress to) {
        send(message, to);
    }

    @Override
    public void selected(int component, boolean relayed, InetSocketAddress remote) {
        selected.add(remote);
    }

    @Override
    public void heard(int component, boolean relayed, InetSocketAddress remote) {}

    @Override
    public void failed(String detail) {
        throw new IllegalStateException(detail);
    }

    private void tick() {
        while (!closed()) {
            synchronized (this) {
                if (agent != null && !socket.isClosed()) {
                    agent.tick(System.nanoTime());
                }
            }
            ChromiumPage.pause(20);
        }
    }

    private synchronized boolean closed() {
        return socket.isClosed();
    }

    private void listen(DatagramSocket from) {
        DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                from.receive(datagram);
                byte[] bytes = Arrays.copyOf(datagram.getData(), datagram.getLength());
                Packet packet = new Packet(bytes).view(0, bytes.length);
                if (PacketKind.of(packet) != PacketKind.STUN) {
                    media.add(bytes);
                    continue;
                }
                synchronized (this) {
                    if (agent != null && !socket.isClosed()) {
                        agent.datagram(packet, (InetSocketAddress) datagram.getSocketAddress(), 1, System.nanoTime());
                    }
                }
            }
        } catch (SocketException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        socket.close();
    }
}
