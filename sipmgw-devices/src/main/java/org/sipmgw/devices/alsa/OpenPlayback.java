package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import org.sipmgw.devices.kernel.Errno;

/** Plays, with silence in front whenever the device starts. */
final class OpenPlayback extends OpenStream implements PcmPlayback {
    private static final int DRAIN_STEP_MS = 5;
    /** Two ticks of a kernel with 100 a second. */
    private static final int TAIL_MS = 20;

    private final ByteBuffer silence;
    private final long silenceAddress;
    private boolean stopped = true;

    OpenPlayback(PcmPort port, PcmRequest request, FrameMemory memory, ByteBuffer silence, long silenceAddress) {
        super(port, request, memory);
        this.silence = silence;
        this.silenceAddress = silenceAddress;
    }

    @Override
    public int write(ByteBuffer frames) {
        return run(frames, true);
    }

    @Override
    public int offer(ByteBuffer frames) {
        return run(frames, false);
    }

    @Override
    int restart() {
        stopped = true;
        return port.prepare();
    }

    @Override
    int move(long address, int frames) {
        if (stopped) {
            int primed = prime(request.latencyFrames() - frames);
            if (primed < 0) {
                return primed;
            }
            stopped = false;
        }
        return port.transfer(address, frames);
    }

    /** Queues as much silence as is missing to the latency. */
    private int prime(int missing) {
        int chunk = silence.capacity() / format().frameBytes();
        for (int done = 0; done < missing; ) {
            int written = port.transfer(silenceAddress, Math.min(chunk, missing - done));
            if (written <= 0) {
                return written;
            }
            done += written;
        }
        return 0;
    }

    @Override
    int copied(ByteBuffer frames, boolean waiting) {
        int bytes = format().frameBytes();
        int done = 0;
        while (frames.remaining() >= bytes) {
            ByteBuffer copy = memory.copy();
            int chunk = Math.min(copy.capacity(), frames.remaining()) / bytes;
            copy.put(0, frames, frames.position(), chunk * bytes);
            int moved = all(memory.copyAddress(), chunk, waiting);
            if (moved == GONE) {
                return done > 0 ? done : GONE;
            }
            done += moved;
            frames.position(frames.position() + moved * bytes);
            if (moved < chunk) {
                return done;
            }
        }
        return done;
    }

    @Override
    public boolean drain() {
        if (!silenceBehind()) {
            return false;
        }
        int lastMs = STALL_MS + 2 * bufferFrames() * 1_000 / format().rateHz();
        for (int waitedMs = 0; waitedMs < lastMs && gate.enter(); waitedMs += DRAIN_STEP_MS) {
            try {
                int result = stopped ? 0 : port.drain();
                if (result != -Errno.EAGAIN) {
                    boolean done = result >= 0 || result == -Errno.EPIPE;
                    return (done ? restart() : survive(result)) >= 0 && done;
                }
            } finally {
                gate.exit();
            }
            Pause.ms(DRAIN_STEP_MS);
        }
        return false;
    }

    /** A loopback hands on what it plays by the ticks of a timer, and not what was played since the last tick when it stops. */
    private boolean silenceBehind() {
        int chunk = silence.capacity() / format().frameBytes();
        for (int left = stopped ? 0 : format().rateHz() * TAIL_MS / 1_000; left > 0; ) {
            int written = run(
                    silence.limit(Math.min(chunk, left) * format().frameBytes()).position(0), true);
            if (written <= 0) {
                return false;
            }
            left -= written;
        }
        return true;
    }
}
