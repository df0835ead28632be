package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;

/** Records. */
final class OpenCapture extends OpenStream implements PcmCapture {

    OpenCapture(PcmPort port, PcmRequest request, FrameMemory memory) {
        super(port, request, memory);
    }

    @Override
    public int read(ByteBuffer frames) {
        return run(frames, true);
    }

    @Override
    public int poll(ByteBuffer frames) {
        return run(frames, false);
    }

    @Override
    int restart() {
        int prepared = port.prepare();
        return prepared < 0 ? prepared : port.start();
    }

    @Override
    int move(long address, int frames) {
        return port.transfer(address, frames);
    }

    @Override
    int copied(ByteBuffer frames, boolean waiting) {
        int bytes = format().frameBytes();
        int done = 0;
        while (frames.remaining() >= bytes) {
            ByteBuffer copy = memory.copy();
            int chunk = Math.min(copy.capacity(), frames.remaining()) / bytes;
            int moved = all(memory.copyAddress(), chunk, waiting);
            if (moved == GONE) {
                return done > 0 ? done : GONE;
            }
            done += moved;
            frames.put(copy.limit(moved * bytes));
            if (moved < chunk) {
                return done;
            }
        }
        return done;
    }
}
