package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A UDP network between one near end (a room system) and what it talks to (the gateway), with losses, delay, jitter,
 * reordering and a limit of rate by a fixed seed. All paths of one direction share one link, as they do on a real line.
 * Thread-safe; closing ends its threads.
 */
public final class LossyRelay implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LossyRelay.class.getName());
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final EmulatedLink outward;
    private final EmulatedLink inward;
    private final DelayQueue<Datagram> underway = new DelayQueue<>();
    private final List<Path> paths = new ArrayList<>();
    private final AtomicLong order = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong carried = new AtomicLong();
    private final Thread thread = new Thread(this::deliver, "lossy-relay");
    private volatile boolean closed;

    private LossyRelay(long seed) {
        outward = new EmulatedLink(seed);
        inward = new EmulatedLink(seed + 1);
        thread.setDaemon(true);
        thread.start();
    }

    /** A relay without a path yet, which does nothing to datagrams yet. */
    public static LossyRelay open(long seed) {
        return new LossyRelay(seed);
    }

    /** What happens to datagrams of the near end from now on. */
    public void outward(NetworkConditions conditions) {
        synchronized (outward) {
            outward.conditions(conditions);
        }
    }

    /** What happens to datagrams towards the near end from now on. */
    public void inward(NetworkConditions conditions) {
        synchronized (inward) {
            inward.conditions(conditions);
        }
    }

    /** Datagrams lost so far, both directions. */
    public long lost() {
        return lost.get();
    }

    /** Datagrams carried so far, both directions. */
    public long carried() {
        return carried.get();
    }

    /**
     * Two neighbouring ports, the first one even, for RTP and RTCP of one near end. What the near end sends to them goes
     * on to {@link Path#far}, everything else to the near end.
     */
    public synchronized List<Path> pair(InetSocketAddress nearRtp, InetSocketAddress nearRtcp) throws IOException {
        if (closed) {
            throw new IllegalStateException("the relay is closed");
        }
        int port = FreePorts.block(2);
        Path rtp = new Path(port, nearRtp);
        paths.add(rtp);
        Path rtcp = new Path(port + 1, nearRtcp);
        paths.add(rtcp);
        return List.of(rtp, rtcp);
    }

    /** Ends all paths. What is underway is lost. */
    @Override
    public synchronized void close() {
        closed = true;
        paths.forEach(path -> path.socket.close());
        thread.interrupt();
    }

    private void enter(Path path, byte[] bytes, boolean fromNear) {
        EmulatedLink link = fromNear ? outward : inward;
        long dueNs;
        synchronized (link) {
            dueNs = link.due(bytes.length, System.nanoTime());
        }
        if (dueNs == EmulatedLink.LOST) {
            lost.incrementAndGet();
        } else {
            underway.add(new Datagram(path, bytes, fromNear, dueNs, order.incrementAndGet()));
        }
    }

    private void deliver() {
        try {
            while (!closed) {
                Datagram next = underway.take();
                InetSocketAddress to = next.toFar ? next.path.far : next.path.near;
                if (to.getPort() != 0) {
                    carried.incrementAndGet();
                    next.path.send(next.bytes, to);
                }
            }
        } catch (InterruptedException e) {
            underway.clear(); // closed
        }
    }

    /** One port of the relay. */
    public final class Path {
        private final DatagramSocket socket;
        private final InetSocketAddress near;
        private volatile InetSocketAddress far = NOWHERE;

        private Path(int port, InetSocketAddress near) throws IOException {
            this.near = near;
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            Thread receiving = new Thread(this::receive, "lossy-relay-" + port);
            receiving.setDaemon(true);
            receiving.start();
        }

        /** Where both ends send to. */
        public InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        /** Where what the near end sends goes; nowhere before. */
        public void far(InetSocketAddress address) {
            far = address;
        }

        private void receive() {
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(4096);
                    socket.receive(packet);
                    byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                    enter(this, bytes, packet.getSocketAddress().equals(near));
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.DEBUG, "closed, or an end has none of its ports open now", e);
                }
            }
        }

        private void send(byte[] bytes, InetSocketAddress to) {
            try {
                socket.send(new DatagramPacket(bytes, bytes.length, to));
            } catch (IOException e) {
                lost.incrementAndGet();
            }
        }
    }

    private static final class Datagram implements Delayed {
        private final Path path;
        private final byte[] bytes;
        private final boolean toFar;
        private final long dueNs;
        private final long order;

        Datagram(Path path, byte[] bytes, boolean toFar, long dueNs, long order) {
            this.path = path;
            this.bytes = bytes;
            this.toFar = toFar;
            this.dueNs = dueNs;
            this.order = order;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        @SuppressWarnings("ComparableAndEquals")
        public int compareTo(Delayed other) {
            Datagram that = (Datagram) other;
            int byTime = Long.signum(dueNs - that.dueNs);
            return byTime == 0 ? Long.compare(order, that.order) : byTime;
        }
    }
}
