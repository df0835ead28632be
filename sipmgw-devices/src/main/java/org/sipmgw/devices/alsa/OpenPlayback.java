package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;

/** Plays, with silence in front whenever the device starts. */
final class OpenPlayback extends OpenStream implements PcmPlayback {
    private static final int DRAIN_STEP_MS = 5;
    /** Longer than a machine is late, mostly. */
    private static final int TAIL_MS = 100;

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

    /**
     * Not by the request DRAIN: a loopback whose timer is late at the end wipes out what its reader has not read yet. Silence
     * follows the sound instead, and is cut off.
     */
    @Override
    public boolean drain() {
        if (stopped) {
            return !gate.closing();
        }
        if (!silenceBehind()) {
            return false;
        }
        int lastMs = STALL_MS + 2 * bufferFrames() * 1_000 / format().rateHz();
        for (int waitedMs = 0; waitedMs < lastMs; waitedMs += DRAIN_STEP_MS) {
            int queued = queuedFrames();
            if (queued <= tailFrames() / 2) {
                return queued != GONE && halt();
            }
            Pause.ms(DRAIN_STEP_MS);
        }
        return false;
    }

    private boolean halt() {
        if (!gate.enter()) {
            return false;
        }
        try {
            port.drop();
            return restart() >= 0;
        } finally {
            gate.exit();
        }
    }

    private int tailFrames() {
        return format().rateHz() * TAIL_MS / 1_000;
    }

    private boolean silenceBehind() {
        int chunk = silence.capacity() / format().frameBytes();
        for (int left = tailFrames(); left > 0; ) {
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
