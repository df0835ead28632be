package org.sipmgw.media.rate;

import java.util.List;
import org.sipmgw.sdp.VideoLimits;

/**
 * Which picture is worth its bits: size and frame rate follow the bitrate down at once, and up a step at a time, with
 * some bits to spare, so that a rate that swings does not make the picture swing. Not thread-safe.
 */
public final class VideoLadder {
    private static final double SPARE = 1.15;
    private static final long STEP_UP_NS = 1_500_000_000L;

    /** The first step has no bound. */
    private static final List<Step> STEPS = List.of(
            new Step(1_400_000, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
            new Step(640_000, 1280, 720, 30),
            new Step(420_000, 960, 540, 30),
            new Step(260_000, 640, 360, 30),
            new Step(160_000, 640, 360, 15),
            new Step(0, 480, 270, 10));

    private int step;
    private long changedNs = Long.MIN_VALUE / 2;
    private boolean started;

    /**
     * One step.
     *
     * @param fromBps bits per second from which on it is used
     * @param maxWidth pixels
     * @param maxHeight pixels
     * @param maxFrameRate frames per second
     */
    private record Step(int fromBps, int maxWidth, int maxHeight, int maxFrameRate) {}

    /**
     * What to send.
     *
     * @param agreed what the other side takes
     * @param bitrateBps what the network carries
     * @return {@code agreed} or less, with that bitrate
     */
    public VideoLimits limits(VideoLimits agreed, int bitrateBps, long nowNs) {
        int bps = Math.min(agreed.maxBitrateBps(), bitrateBps);
        int fit = fit(bps);
        if (!started || fit > step) {
            become(fit, nowNs);
        } else if (fit < step && nowNs - changedNs >= STEP_UP_NS && bps >= STEPS.get(step - 1).fromBps * SPARE) {
            become(step - 1, nowNs);
        }
        Step now = STEPS.get(step);
        return agreed.and(new VideoLimits(now.maxWidth, now.maxHeight, now.maxFrameRate, bps));
    }

    /** Another picture begins: it is not held back by what was. */
    public void restart() {
        started = false;
    }

    private void become(int next, long nowNs) {
        step = next;
        changedNs = nowNs;
        started = true;
    }

    private static int fit(int bps) {
        int fit = 0;
        while (bps < STEPS.get(fit).fromBps) {
            fit++;
        }
        return fit;
    }
}
