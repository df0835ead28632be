package org.sipmgw.media.capture;

/**
 * Timestamps of audio packets: exactly one packet's ticks apart, as receivers expect; less than {@link #TOLERANCE_MS} of
 * difference to the capture clock is a matter of the sender reports, more is a gap and makes a jump. For one thread.
 */
final class AudioTimestamps {

    static final int TOLERANCE_MS = 200;

    private final int packetTicks;
    private final int toleranceTicks;
    private boolean running;
    private int next;
    private boolean jumped;

    AudioTimestamps(int packetTicks, int clockRateHz) {
        this.packetTicks = packetTicks;
        this.toleranceTicks = clockRateHz / 1000 * TOLERANCE_MS;
    }

    /** The timestamp of the next packet, whose first sample was captured when the clock stood at {@code captured}. */
    int next(int captured) {
        jumped = !running || Math.abs(captured - next) > toleranceTicks;
        int timestamp = jumped ? captured : next;
        running = true;
        next = timestamp + packetTicks;
        return timestamp;
    }

    /** Whether the last packet begins a new spurt: its marker is set (RFC 3551 section 4.1). */
    boolean jumped() {
        return jumped;
    }
}
