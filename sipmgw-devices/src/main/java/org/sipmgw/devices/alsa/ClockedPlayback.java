package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.DeviceException;

/**
 * Plays sound that comes by a clock of its own, as a call's does, on a card that has another one. A loopback's clock is turned
 * after the sound's; on other cards the sound is stretched. Never waits: what has no room is dropped and counted, and when
 * nothing comes the device plays silence. A card that goes away is looked for once a second by its id and taken back.
 * One thread offers; {@link #close} and the counters are for any.
 */
public final class ClockedPlayback implements AutoCloseable {
    /** The longest sound that may be offered at once. */
    public static final Duration MAX_AT_ONCE = Duration.ofMillis(200);

    private static final long RETRY_NS = 1_000_000_000L;

    private final Supplier<PlaybackEnd> opening;
    private final DeviceEvents events;
    private final LongSupplier clock;
    private final Gate gate = new Gate();
    private final DriftController drift;
    private final int frameBytes;
    private volatile @Nullable PlaybackEnd end;
    private long retryNs;
    private long xrunsBefore;
    private volatile long xruns;
    private final AtomicLong droppedFrames = new AtomicLong();
    private volatile double driftPpm;

    ClockedPlayback(Supplier<PlaybackEnd> opening, int targetFrames, DeviceEvents events, LongSupplier clock) {
        this.opening = opening;
        this.events = events;
        this.clock = clock;
        PlaybackEnd first = opening.get();
        this.end = first;
        this.frameBytes = first.stream().format().frameBytes();
        this.drift = new DriftController(targetFrames, first.stream().format().rateHz());
    }

    /**
     * Takes all whole frames of the buffer.
     *
     * @return frames that the device has taken; the others are dropped
     */
    public int offer(ByteBuffer frames) {
        if (!gate.enter()) {
            return 0;
        }
        try {
            int given = frames.remaining() / frameBytes;
            int played = play(frames);
            if (played < given) {
                droppedFrames.addAndGet(given - played);
            }
            return played;
        } finally {
            gate.exit();
        }
    }

    private int play(ByteBuffer frames) {
        long nowNs = clock.getAsLong();
        PlaybackEnd open = end;
        PlaybackEnd now = open == null ? reopened(nowNs) : open;
        if (now == null) {
            frames.position(frames.limit());
            return 0;
        }
        int given = frames.remaining() / frameBytes;
        int queued = now.stream().queuedFrames();
        ByteBuffer fitted = now.trim().apply(frames);
        int fittedFrames = fitted.remaining() / frameBytes;
        int taken = queued == PcmStream.GONE ? PcmStream.GONE : now.stream().offer(fitted);
        frames.position(frames.limit());
        if (taken == PcmStream.GONE) {
            lost(now, nowNs);
            return 0;
        }
        follow(now, nowNs, queued + taken);
        return given - Math.min(given, fittedFrames - taken);
    }

    /** Looks at the fill right after the sound came: every time the same moment. */
    private void follow(PlaybackEnd now, long nowNs, int queued) {
        long counted = xrunsBefore + now.stream().xruns();
        if (counted != xruns) {
            xruns = counted;
            drift.restart();
        } else if (queued > 0) {
            now.trim().ppm(drift.update(nowNs, queued));
            driftPpm = drift.driftPpm();
        }
    }

    private void lost(PlaybackEnd gone, long nowNs) {
        String why = gone.stream().trouble();
        xrunsBefore += gone.stream().xruns();
        gone.close();
        end = null;
        retryNs = nowNs + RETRY_NS;
        drift.restart();
        events.gone(why);
    }

    private @Nullable PlaybackEnd reopened(long nowNs) {
        if (nowNs < retryNs) {
            return null;
        }
        try {
            PlaybackEnd again = opening.get();
            end = again;
            events.returned();
            return again;
        } catch (DeviceException notYet) {
            retryNs = nowNs + RETRY_NS;
            return null;
        }
    }

    /** Whether the device is there now. */
    public boolean playing() {
        return end != null;
    }

    /** Times the device ran dry. */
    public long xruns() {
        return xruns;
    }

    /** Frames that had no room or no device. */
    public long droppedFrames() {
        return droppedFrames.get();
    }

    /** How much faster the sound's clock runs than the card's, as found so far, in parts per million. */
    public double driftPpm() {
        return driftPpm;
    }

    /** Ends it; what is queued is dropped. Idempotent, waits for a call in progress. */
    @Override
    public void close() {
        gate.close(() -> {
            PlaybackEnd last = end;
            if (last != null) {
                last.close();
            }
            end = null;
        });
    }
}
