package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Changes the sound: for cards whose clock nobody can turn. */
final class ResamplingTrim implements Trim {
    private final Resampler resampler;
    private final ByteBuffer changed;
    private final int maxBytes;

    /** @param maxFrames the most that is handed in at once */
    ResamplingTrim(PcmFormat format, int maxFrames) {
        resampler = new Resampler(format, maxFrames);
        maxBytes = maxFrames * format.frameBytes();
        changed = ByteBuffer.allocateDirect(Resampler.most(maxFrames) * format.frameBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void ppm(double ppm) {
        resampler.shorten(ppm);
    }

    @Override
    public ByteBuffer apply(ByteBuffer frames) {
        if (frames.remaining() > maxBytes) {
            throw new IllegalArgumentException(frames.remaining() + " bytes at once, " + maxBytes + " is the most");
        }
        changed.clear();
        resampler.process(frames, changed);
        return changed.flip();
    }

    @Override
    public void close() {
        // nothing of its own is open
    }
}
