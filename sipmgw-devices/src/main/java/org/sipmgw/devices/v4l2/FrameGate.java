package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Between the source's thread and the camera's: who is in here has the output for himself. The source waits for the camera's
 * thread, which is here for microseconds; the camera's thread never waits for the source.
 */
final class FrameGate {
    private static final int SPINS = 200;
    private static final long NAP_NS = 20_000;

    private final VideoFormat format;
    private final LongSupplier clock;
    private final StillPicture still;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicLong shown = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong replaced = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();

    // all below only while taken, but for reading the time
    private @Nullable FrameOutput output;
    private boolean closed;
    private int waitingBytes;
    private boolean wasRepeated;
    private int lastError;
    private volatile long shownNs;

    FrameGate(VideoFormat format, FrameOutput output, LongSupplier clock) {
        this.format = format;
        this.output = output;
        this.clock = clock;
        this.still = new StillPicture(format);
        this.shownNs = clock.getAsLong() - format.periodNs();
    }

    private void enter() {
        for (int i = 0; !taken.compareAndSet(false, true); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(NAP_NS);
            }
        }
    }

    private void leave() {
        taken.set(false);
    }

    FrameResult frame(ByteBuffer pixels, int offset, FrameLayout layout) {
        enter();
        try {
            FrameOutput to = output;
            if (to == null) {
                return absent();
            }
            if (!layout.fits(to.layout())) {
                dropped.incrementAndGet();
                return FrameResult.WRONG_FORMAT;
            }
            layout.copy(pixels, offset, to.layout(), to.free());
            return filled(to, to.layout().bytes());
        } finally {
            leave();
        }
    }

    FrameResult jpeg(ByteBuffer picture, int offset, int length) {
        enter();
        try {
            FrameOutput to = output;
            if (to == null) {
                return absent();
            }
            if (!format.pixels().compressed() || length > to.capacity()) {
                dropped.incrementAndGet();
                return format.pixels().compressed() ? FrameResult.TOO_LARGE : FrameResult.WRONG_FORMAT;
            }
            to.free().put(0, picture, offset, length);
            return filled(to, length);
        } finally {
            leave();
        }
    }

    void still() {
        enter();
        try {
            FrameOutput to = output;
            if (to != null) {
                waitingBytes = 0;
                show(to, still.draw(to.layout(), to.free()), clock.getAsLong());
            }
        } finally {
            leave();
        }
    }

    private FrameResult absent() {
        dropped.incrementAndGet();
        return closed ? FrameResult.CLOSED : FrameResult.GONE;
    }

    /** A frame that comes a little early is shown, or a source of exactly our rate would lose frames to its own jitter. */
    private FrameResult filled(FrameOutput to, int bytes) {
        if (waitingBytes > 0) {
            replaced.incrementAndGet();
        }
        long nowNs = clock.getAsLong();
        if (nowNs - shownNs < earliestNs()) {
            waitingBytes = bytes;
            return FrameResult.WAITING;
        }
        waitingBytes = 0;
        return show(to, bytes, nowNs) ? FrameResult.SHOWN : FrameResult.GONE;
    }

    private long earliestNs() {
        return format.periodNs() * 3 / 4;
    }

    private boolean show(FrameOutput to, int bytes, long nowNs) {
        int answer = to.show(bytes);
        shownNs = nowNs;
        wasRepeated = false;
        if (answer < 0) {
            lose(answer);
            return false;
        }
        shown.incrementAndGet();
        return true;
    }

    private void lose(int answer) {
        lastError = -answer;
        dropped.incrementAndGet();
        losses.incrementAndGet();
        if (output != null) {
            output.close();
            output = null;
        }
        waitingBytes = 0;
    }

    /**
     * What the camera's thread does when it wakes: shows the frame whose time has come, or the last one again.
     *
     * @return nanoseconds until there is something to do again; -1 when the device is gone
     */
    long tick(long nowNs) {
        if (!taken.compareAndSet(false, true)) {
            return format.periodNs() / 4;
        }
        try {
            FrameOutput to = output;
            if (to == null) {
                return -1;
            }
            long sinceNs = nowNs - shownNs;
            if (waitingBytes > 0 && sinceNs >= earliestNs()) {
                int bytes = waitingBytes;
                waitingBytes = 0;
                show(to, bytes, nowNs);
            } else if (sinceNs >= patienceNs()) {
                repeat(to, nowNs);
            }
            return Math.max(1, (waitingBytes > 0 ? earliestNs() : patienceNs()) - (nowNs - shownNs));
        } finally {
            leave();
        }
    }

    /** One frame may be late before the last is shown again; from then on the rate is kept. */
    private long patienceNs() {
        return wasRepeated ? format.periodNs() : 2 * format.periodNs();
    }

    private void repeat(FrameOutput to, long nowNs) {
        int answer = to.repeat();
        // the rate is kept even when this thread was late, unless it was very late
        shownNs = Math.max(shownNs + patienceNs(), nowNs - format.periodNs());
        wasRepeated = true;
        if (answer < 0) {
            lose(answer);
        } else {
            repeated.incrementAndGet();
        }
    }

    /** The error that the device went away with. */
    int lastError() {
        return lastError;
    }

    /** Takes over a device that is back; closes it when the sink was closed meanwhile. */
    void reopened(FrameOutput fresh) {
        enter();
        try {
            if (closed) {
                fresh.close();
                return;
            }
            output = fresh;
        } finally {
            leave();
        }
        still();
    }

    SinkStatistics statistics() {
        return new SinkStatistics(shown.get(), repeated.get(), replaced.get(), dropped.get(), losses.get());
    }

    void close() {
        enter();
        try {
            closed = true;
            if (output != null) {
                output.close();
                output = null;
            }
        } finally {
            leave();
        }
    }
}
