package org.sipmgw.media.capture;

import java.util.concurrent.TimeUnit;

/**
 * SSRC, sequence numbers and timestamps of one stream (RFC 3550 section 5.1). It outlives a capture: the next one, on
 * another display or after a restart, goes on where the last ended, so that the receiver sees one stream.
 *
 * <p>Timestamps are a fixed function of the monotonic clock, which is also how a sender report is made: the timestamp of
 * the moment the report is sent is {@link #timestampAt}. A stream uses a numbering on one thread at a time;
 * {@link #timestampAt} may be called from any.
 */
public final class RtpNumbering {

    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final int WINDOW_PACKETS = 50;

    private final int ssrc;
    private final int clockRateHz;
    private volatile int nextSequence;
    private int windowPackets;
    private int windowRise = Integer.MIN_VALUE;
    private volatile int offset;

    /**
     * @param ssrc of the stream
     * @param clockRateHz of the codec
     * @param firstSequence of the first packet, random as RFC 3550 asks
     * @param timestampOffset random, added to all timestamps
     */
    public RtpNumbering(int ssrc, int clockRateHz, int firstSequence, int timestampOffset) {
        if (clockRateHz <= 0) {
            throw new IllegalArgumentException("clock rate " + clockRateHz);
        }
        this.ssrc = ssrc;
        this.clockRateHz = clockRateHz;
        this.nextSequence = firstSequence;
        this.offset = timestampOffset;
    }

    /** Of the stream. */
    public int ssrc() {
        return ssrc;
    }

    /** Ticks per second. */
    public int clockRateHz() {
        return clockRateHz;
    }

    /**
     * The RTP timestamp that what is captured at this moment carries.
     *
     * @param nowNs {@link System#nanoTime()}
     */
    public int timestampAt(long nowNs) {
        return ticks(nowNs) + offset;
    }

    /** The number before the next packet's, 0 to 65535. From any thread. */
    public int lastSequence() {
        return nextSequence - 1 & 0xFFFF;
    }

    /** Ties {@code timestamp} to the moment {@code capturedNs}: a sound card's clock drifts from the system's. */
    void tie(int timestamp, long capturedNs) {
        offset = timestamp - ticks(capturedNs);
    }

    /**
     * Follows the drift: to be called for each packet. A busy machine notices sound late and never early, so the earliest
     * packet of each window counts.
     */
    void follow(int timestamp, long capturedNs) {
        int rise = timestamp - timestampAt(capturedNs);
        windowRise = Math.max(windowRise, rise);
        if (++windowPackets == WINDOW_PACKETS || rise > 0) {
            int before = offset;
            offset = before + windowRise; // only the capture thread writes it
            windowRise = Integer.MIN_VALUE;
            windowPackets = 0;
        }
    }

    /** Writes payload type, sequence number, timestamp and SSRC into a packet; its marker stays. */
    void write(byte[] packet, int payloadType, int timestamp) {
        int sequence = nextSequence;
        nextSequence = sequence + 1; // one writer
        packet[1] = (byte) ((packet[1] & 0x80) | payloadType);
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        writeInt(packet, 4, timestamp);
        writeInt(packet, 8, ssrc);
    }

    private int ticks(long ns) {
        long seconds = Math.floorDiv(ns, NS_PER_SECOND);
        return (int) (seconds * clockRateHz + Math.floorMod(ns, NS_PER_SECOND) * clockRateHz / NS_PER_SECOND);
    }

    private static void writeInt(byte[] packet, int at, int value) {
        packet[at] = (byte) (value >> 24);
        packet[at + 1] = (byte) (value >> 16);
        packet[at + 2] = (byte) (value >> 8);
        packet[at + 3] = (byte) value;
    }
}
