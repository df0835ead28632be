package org.sipmgw.devices.v4l2;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sipmgw.devices.kernel.DeviceHolder;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.spi.DeviceException;

/** A camera's own thread: keeps its rate, looks for readers, and looks for the device when it is gone. */
final class SinkThread implements Runnable, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(V4l2Sink.class.getName());
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long SECOND_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final FrameGate gate;
    private final V4l2SinkBuilder wishes;
    private final String card;
    private final Thread thread;
    private volatile Path path;
    private volatile @Nullable String lostBecause;
    private volatile boolean closing;
    private boolean readers;
    private boolean doubted;
    private long nextLookNs;

    SinkThread(FrameGate gate, V4l2SinkBuilder wishes, Path path, String card) {
        this.gate = gate;
        this.wishes = wishes;
        this.path = path;
        this.card = card;
        this.thread = new Thread(this, "camera-" + path.getFileName());
        thread.setDaemon(true);
    }

    void start() {
        nextLookNs = wishes.clock().getAsLong();
        thread.start();
    }

    Path path() {
        return path;
    }

    @Nullable
    String lostBecause() {
        return lostBecause;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    List<DeviceHolder> readers() {
        long self = ProcessHandle.current().pid();
        return DeviceHolder.of(path).stream()
                .filter(holder -> holder.pid() != self)
                .toList();
    }

    @Override
    public void run() {
        while (!closing) {
            long waitNs = gate.tick(wishes.clock().getAsLong());
            if (waitNs < 0) {
                lost();
                continue;
            }
            lookForReaders();
            LockSupport.parkNanos(this, waitNs);
        }
    }

    /** A change must be seen twice: between fork and exec a new child process of ours looks like a reader. */
    private void lookForReaders() {
        SinkListener listener = wishes.listener();
        long nowNs = wishes.clock().getAsLong();
        if (listener == null || nowNs - nextLookNs < 0) {
            return;
        }
        nextLookNs = nowNs + LOOK_NS;
        boolean present = !readers().isEmpty();
        if (present == readers) {
            doubted = false;
        } else if (doubted) {
            doubted = false;
            readers = present;
            listener.readers(present);
        } else {
            doubted = true;
            nextLookNs = nowNs + SECOND_LOOK_NS;
        }
    }

    private void lost() {
        String why = path + ": " + V4l2Layout.QBUF + ": " + Errno.text(gate.lastError());
        lostBecause = why;
        LOG.log(System.Logger.Level.WARNING, "Camera {0} is gone: {1}; frames are dropped until it is back", card, why);
        SinkListener listener = wishes.listener();
        if (listener != null) {
            listener.lost(why);
        }
        while (!closing && !found()) {
            LockSupport.parkNanos(this, RETRY_NS);
        }
    }

    /** The same card, perhaps under another number. */
    private boolean found() {
        for (VideoNode node : VideoNodes.list(wishes.opening().kernel())) {
            if (node.loopback() && node.permitted() && node.card().equals(card) && reopened(node)) {
                return true;
            }
        }
        return false;
    }

    private boolean reopened(VideoNode node) {
        FrameOutput output;
        try {
            output = wishes.opening().open(node.path());
        } catch (DeviceException e) {
            LOG.log(System.Logger.Level.DEBUG, "Camera {0} is not back: {1}", card, e.getMessage());
            return false;
        }
        path = node.path();
        lostBecause = null;
        gate.reopened(output);
        LOG.log(System.Logger.Level.INFO, "Camera {0} is back as {1}", card, path);
        SinkListener listener = wishes.listener();
        if (listener != null) {
            listener.back(path.toString());
        }
        return true;
    }

    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
            try {
                thread.join(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
