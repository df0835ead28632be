package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;

/**
 * A device that plays. At the start, and after it ran dry, silence goes in front of the sound so that the asked latency is
 * queued again: no more silence than that.
 */
public interface PcmPlayback extends PcmStream {

    /**
     * Plays whole frames from the buffer's position on and moves the position over what was taken. Waits for room, at most a
     * second without any. A direct buffer is read in place, and nothing is allocated when it is the same as last time.
     *
     * @return frames taken, fewer than given when the device stood still; or {@link #GONE}
     */
    int write(ByteBuffer frames);

    /** As {@link #write}, but takes only what has room now and never waits. */
    int offer(ByteBuffer frames);

    /**
     * Waits until everything written has been played.
     *
     * @return whether it has been; false when the device stood still or has gone
     */
    boolean drain();
}
