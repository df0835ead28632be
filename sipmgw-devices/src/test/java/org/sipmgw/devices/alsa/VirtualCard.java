package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A card whose clock is wrong by some parts per million and runs by virtual time; listens to what it plays for clicks. */
final class VirtualCard implements PcmPlayback {
    static final PcmFormat FORMAT = PcmFormat.s16(48_000, 1);
    static final int LATENCY_FRAMES = 1_920;
    static final double TONE_HZ = 440;
    static final int AMPLITUDE = 16_000;

    private final double wrongPpm;
    private double turnedPpm;
    private double queued;
    private boolean dry = true;
    private long xruns;
    private boolean gone;
    private int last;
    private int beforeLast;
    private int heard;
    double leastFrames = Double.MAX_VALUE;
    double mostFrames;
    int worstBend;

    VirtualCard(double wrongPpm) {
        this.wrongPpm = wrongPpm;
    }

    /** Turns this card's clock. */
    Trim clock() {
        return new Trim() {
            @Override
            public void ppm(double ppm) {
                turnedPpm = ppm;
            }

            @Override
            public ByteBuffer apply(ByteBuffer frames) {
                return frames;
            }

            @Override
            public void close() {
                turnedPpm = 0;
            }
        };
    }

    void run(double seconds) {
        if (!dry) {
            queued -= seconds * FORMAT.rateHz() * (1 + (wrongPpm + turnedPpm) * 1e-6);
            leastFrames = Math.min(leastFrames, queued);
            if (queued < 0) {
                queued = 0;
                dry = true;
                xruns++;
            }
        }
    }

    void pull() {
        gone = true;
    }

    @Override
    public int offer(ByteBuffer frames) {
        if (gone) {
            return GONE;
        }
        int taken = Math.min(frames.remaining() / 2, (int) (bufferFrames() - queued));
        if (dry) {
            queued = Math.max(LATENCY_FRAMES - taken, 0);
            dry = false;
            heard = 0;
        }
        ByteBuffer sound = frames.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < taken; i++) {
            listen(sound.getShort());
        }
        frames.position(frames.position() + 2 * taken);
        queued += taken;
        mostFrames = Math.max(mostFrames, queued);
        return taken;
    }

    /** A tone bends from sample to sample by no more than its frequency allows; a click does. */
    private void listen(int sample) {
        if (heard++ > 2 * SincTable.TAPS) {
            worstBend = Math.max(worstBend, Math.abs(sample - 2 * last + beforeLast));
        }
        beforeLast = last;
        last = sample;
    }

    /** What the tone itself bends by, and the rounding of three samples. */
    static int allowedBend() {
        double step = 2 * Math.PI * TONE_HZ / FORMAT.rateHz();
        return (int) Math.ceil(AMPLITUDE * step * step) + 4;
    }

    @Override
    public int write(ByteBuffer frames) {
        return offer(frames);
    }

    @Override
    public boolean drain() {
        return true;
    }

    @Override
    public String device() {
        return "virtual";
    }

    @Override
    public PcmFormat format() {
        return FORMAT;
    }

    @Override
    public int periodFrames() {
        return LATENCY_FRAMES / 4;
    }

    @Override
    public int bufferFrames() {
        return 3 * LATENCY_FRAMES;
    }

    @Override
    public long xruns() {
        return xruns;
    }

    @Override
    public int queuedFrames() {
        return gone ? GONE : (int) queued;
    }

    @Override
    public String trouble() {
        return gone ? "virtual: pulled" : "";
    }

    @Override
    public void close() {
        gone = true;
    }
}
