package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.sipmgw.devices.kernel.Errno;

/** What both directions of an open device share: one user at a time, waiting in short steps, trouble as a value. */
abstract class OpenStream implements PcmStream {
    /** A device that has not moved for so long stands still. */
    static final int STALL_MS = 1_000;

    private static final int STEP_MS = 50;

    final PcmPort port;
    final PcmRequest request;
    final FrameMemory memory;
    final Gate gate = new Gate();
    private final AtomicLong xruns = new AtomicLong();
    private volatile int fault;

    OpenStream(PcmPort port, PcmRequest request, FrameMemory memory) {
        this.port = port;
        this.request = request;
        this.memory = memory;
    }

    /** After an xrun: ready to go on. Zero, or a negated errno. */
    abstract int restart();

    /** Moves frames between device and address; one call of the device. */
    abstract int move(long address, int frames);

    /** One step: frames moved, 0 when there is nothing to do now but to wait, or {@link #GONE}. */
    private int step(long address, int frames) {
        int moved = move(address, frames);
        return moved >= 0 || moved == -Errno.EAGAIN ? Math.max(moved, 0) : survive(moved);
    }

    /** Takes an error: 0 when the stream goes on, else {@link #GONE}. */
    final int survive(int error) {
        int errno = error;
        if (errno == -Errno.EPIPE || errno == -Errno.ESTRPIPE) {
            xruns.incrementAndGet();
            errno = restart();
        }
        if (errno >= 0) {
            return 0;
        }
        fault = errno;
        return GONE;
    }

    /** Moves a buffer's whole frames, and its position over them. */
    final int run(ByteBuffer frames, boolean waiting) {
        if (fault != 0 || !gate.enter()) {
            return GONE;
        }
        try {
            return frames.isDirect() ? inPlace(frames, waiting) : copied(frames, waiting);
        } finally {
            gate.exit();
        }
    }

    private int inPlace(ByteBuffer frames, boolean waiting) {
        int bytes = format().frameBytes();
        int wanted = frames.remaining() / bytes;
        int moved = all(memory.of(frames), wanted, waiting);
        frames.position(frames.position() + Math.max(moved, 0) * bytes);
        return moved;
    }

    /** A period's worth at a time. */
    abstract int copied(ByteBuffer frames, boolean waiting);

    final int all(long address, int wanted, boolean waiting) {
        int done = 0;
        int idleMs = 0;
        while (done < wanted && !gate.closing()) {
            int moved = step(address + (long) done * format().frameBytes(), wanted - done);
            if (moved == GONE) {
                return done > 0 ? done : GONE;
            }
            done += moved;
            idleMs = moved > 0 ? 0 : idleMs;
            if (moved == 0) {
                if (!waiting || idleMs >= STALL_MS) {
                    return done;
                }
                idleMs += pause();
            }
        }
        return gate.closing() && done == 0 && wanted > 0 ? GONE : done;
    }

    /** Waits a step at most; an error shows at the next move. Milliseconds that were waited in vain. */
    private int pause() {
        int ready = port.await(STEP_MS);
        return ready == 0 ? STEP_MS : 1;
    }

    @Override
    public final String device() {
        return port.device();
    }

    @Override
    public final PcmFormat format() {
        return port.format();
    }

    @Override
    public final int periodFrames() {
        return port.periodFrames();
    }

    @Override
    public final int bufferFrames() {
        return port.bufferFrames();
    }

    @Override
    public final long xruns() {
        return xruns.get();
    }

    @Override
    public final int queuedFrames() {
        if (fault != 0 || !gate.enter()) {
            return GONE;
        }
        try {
            int queued = port.queued();
            return queued >= 0 ? queued : queued == -Errno.EPIPE ? 0 : survive(queued);
        } finally {
            gate.exit();
        }
    }

    @Override
    public final String trouble() {
        return fault != 0 ? device() + ": " + Errno.text(-fault) : gate.closing() ? device() + ": closed" : "";
    }

    @Override
    public final void close() {
        gate.close(port::close);
    }
}
