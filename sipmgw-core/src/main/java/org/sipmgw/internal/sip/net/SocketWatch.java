package org.sipmgw.internal.sip.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closes connections whose peer has read nothing for too long, and bounds how many one source has. Thread-safe. */
public final class SocketWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SocketWatch.class.getName());
    private static final long LOOK_MS = 500;
    private static final long WRITE_LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE_AFTER_ERROR_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SEND_BUFFER_BYTES = 128 * 1024;
    private static final int MOST_FROM_ONE_SOURCE = 128;

    private final int trafficClass;
    private final Set<WatchedSocket> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sip-socket-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** Watches from now on. */
    public SocketWatch() {
        this(0);
    }

    /** @param trafficClass of what leaves by the sockets, 0 for that of the system */
    public SocketWatch(int trafficClass) {
        this.trafficClass = trafficClass;
        var unused = looking.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    void add(WatchedSocket socket) {
        open.add(socket);
    }

    void remove(WatchedSocket socket) {
        open.remove(socket);
    }

    /** Whether a connection just taken is to stay: not above the bound of its source. */
    public boolean admits(WatchedSocket taken) throws SocketException {
        // what a peer does not read waits in the kernel: not much of it
        taken.setSendBufferSize(SEND_BUFFER_BYTES);
        mark(taken);
        InetAddress source = taken.getInetAddress();
        return open.stream().filter(one -> source.equals(one.getInetAddress())).count() <= MOST_FROM_ONE_SOURCE;
    }

    /** What to do before the next connection is accepted when one could not be. */
    public static void pauseAfter(Exception problem) {
        LOG.log(System.Logger.Level.WARNING, "a connection could not be accepted: " + problem);
        LockSupport.parkNanos(PAUSE_AFTER_ERROR_NS);
    }

    /** Gives a socket the traffic class; one that is not connected yet gets it before its first packet. */
    public void mark(Socket socket) throws SocketException {
        if (trafficClass != 0) {
            socket.setTrafficClass(trafficClass);
        }
    }

    /** The same for datagrams. */
    public void mark(DatagramSocket socket) throws SocketException {
        if (trafficClass != 0) {
            socket.setTrafficClass(trafficClass);
        }
    }

    private void look() {
        long nowNs = System.nanoTime();
        for (WatchedSocket socket : open) {
            if (socket.stalled(nowNs, WRITE_LIMIT_NS)) {
                LOG.log(System.Logger.Level.INFO, () -> socket.getInetAddress() + " reads nothing: connection closed");
                close(socket);
            }
        }
    }

    private static void close(WatchedSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing", e);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
