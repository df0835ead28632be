package org.sipmgw.media.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.sipmgw.media.rtp.PacketPool;

/**
 * One thread that reads the sockets of all calls and runs each packet to completion. What belongs to it is touched
 * only there; {@link #execute} is the way in from other threads.
 */
public final class MediaLoop implements AutoCloseable {
    static final int MAX_DATAGRAM = PacketPool.LARGE;

    private static final Logger LOG = System.getLogger(MediaLoop.class.getName());
    private static final int TICK_MS = 20;
    private static final int SOCKET_BUFFER = 1 << 20;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CopyOnWriteArrayList<LongConsumer> tickers = new CopyOnWriteArrayList<>();
    private final PacketPool pool = new PacketPool();
    private final ByteBuffer direct = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final AtomicInteger ports = new AtomicInteger();
    private final Consumer<SelectionKey> reader = this::read;
    private volatile boolean closed;
    private long faults;

    private MediaLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts a loop whose thread has this name. */
    public static MediaLoop start(String name) {
        MediaLoop loop = new MediaLoop(name);
        loop.thread.start();
        return loop;
    }

    /**
     * Binds a socket; port 0 lets the system choose.
     *
     * @throws IOException when the address is taken or not of this machine
     */
    public UdpPort open(InetSocketAddress local, DatagramHandler handler) throws IOException {
        boolean v4 = local.getAddress() instanceof Inet4Address;
        DatagramChannel channel = DatagramChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            channel.bind(local);
            UdpPort port = new UdpPort(this, channel, handler);
            register(channel, port);
            return port;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Runs {@code task} on the loop's thread, soon. Tasks after {@link #close()} are dropped. */
    public void execute(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
            return;
        }
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs {@code task} on the loop's thread and waits for its end; at once where the loop has ended. */
    public void await(Runnable task) {
        if (Thread.currentThread() == thread || closed) {
            task.run();
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        Runnable counted = () -> {
            try {
                task.run();
            } finally {
                done.countDown();
            }
        };
        execute(counted);
        try {
            while (!done.await(100, TimeUnit.MILLISECONDS)) {
                if (!thread.isAlive() && tasks.remove(counted)) {
                    counted.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls {@code ticker} with the time about every 20 ms, on the loop's thread. */
    public void addTicker(LongConsumer ticker) {
        tickers.add(ticker);
        selector.wakeup();
    }

    /** Ends what {@link #addTicker} began. */
    public void removeTicker(LongConsumer ticker) {
        tickers.remove(ticker);
    }

    /** The buffers of this loop, for its thread only. */
    public PacketPool pool() {
        return pool;
    }

    /** How many sockets are open now. */
    public int ports() {
        return ports.get();
    }

    Selector selector() {
        return selector;
    }

    /** A buffer for what is read in one turn; for the loop's thread only. */
    ByteBuffer direct() {
        return direct;
    }

    void register(SelectableChannel channel, LoopChannel owner) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, owner);
        ports.incrementAndGet();
        selector.wakeup();
    }

    void closed(LoopChannel port, SelectionKey key) {
        if (key.attach(null) == port) {
            ports.decrementAndGet();
        }
        // the selector holds the descriptor until its next turn
        selector.wakeup();
    }

    void log(Level level, String message, Throwable cause) {
        LOG.log(level, message, cause);
    }

    private void run() {
        long nextTickNs = System.nanoTime();
        while (!closed) {
            try {
                if (tickers.isEmpty()) {
                    selector.select(reader);
                } else {
                    selector.select(reader, TICK_MS);
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    guarded(task);
                }
                long nowNs = System.nanoTime();
                if (nowNs - nextTickNs >= 0) {
                    nextTickNs = nowNs + TICK_MS * 1_000_000L;
                    for (LongConsumer ticker : tickers) {
                        guarded(() -> ticker.accept(nowNs));
                    }
                }
            } catch (IOException e) {
                LOG.log(Level.ERROR, "select failed", e);
            } catch (RuntimeException e) {
                fault(e);
            }
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private void read(SelectionKey key) {
        if (key.attachment() instanceof LoopChannel ready) {
            try {
                ready.ready(key);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                fault(e);
            }
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            fault(e);
        }
    }

    /** One call's fault must not end the others; a fault repeated a million times is few log entries. */
    void fault(Throwable e) {
        if (Long.bitCount(++faults) == 1) {
            LOG.log(Level.ERROR, "fault number " + faults + " on the media thread", e);
        }
    }

    /** Ends the thread and waits for it; the ports are their owners' to close. Idempotent. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            if (Thread.currentThread() != thread) {
                thread.join();
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing the selector", e);
        }
    }
}
