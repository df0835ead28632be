package org.sipmgw.media.rtp;

/**
 * Counts one received stream: loss, order, duplicates and jitter (RFC 3550 section 6.4.1 and appendix A.1, A.3, A.8).
 * Decides which SSRC is the current one. Not thread-safe.
 */
public final class ReceiveStatistics {
    private static final int MAX_DROPOUT = 3000;
    private static final int WINDOW = 1024;
    private static final long SILENCE_NS = 200_000_000L;
    private static final long NO_JITTER = Long.MIN_VALUE;

    private final long[] seen = new long[WINDOW / 64];
    private boolean started;
    private int ssrc;
    private long base;
    private long highest;
    private int unprovenSsrc;
    private int unprovenSequence = -1;
    private long lastNs;
    private int clockRateHz = 90_000;
    private long transit;
    private double jitter;

    private long packets;
    private long bytes;
    private long lostBefore;
    private long receivedInStream;
    private long reordered;
    private long duplicates;
    private long expectedPrior;
    private long receivedPrior;

    /** Ticks per second of what is received from now on. */
    public void clockRateHz(int rate) {
        if (rate != clockRateHz) {
            clockRateHz = rate;
            jitter = 0;
            transit = 0;
        }
    }

    /** Ticks per second. */
    public int clockRateHz() {
        return clockRateHz;
    }

    /** Counts a packet. */
    public Arrival received(Packet packet, long nowNs) {
        if (!started || packet.ssrc() != ssrc) {
            return unknownStream(packet, nowNs);
        }
        int delta = (short) (packet.sequence() - (int) highest);
        if (delta > MAX_DROPOUT || delta <= -WINDOW) {
            return jump(packet, nowNs);
        }
        lastNs = nowNs;
        unprovenSequence = -1;
        if (delta > 0) {
            for (long at = highest + 1; at <= highest + delta; at++) {
                mark(at, false);
            }
            highest += delta;
        } else if (isSeen(highest + delta) || highest + delta < base) {
            duplicates++;
            return Arrival.DUPLICATE;
        } else {
            reordered++;
        }
        mark(highest + Math.min(delta, 0), true);
        count(packet, delta > 0 ? nowNs : NO_JITTER);
        return delta > 0 ? Arrival.IN_ORDER : Arrival.LATE;
    }

    private Arrival unknownStream(Packet packet, long nowNs) {
        boolean silent = !started || nowNs - lastNs > SILENCE_NS;
        boolean proven = packet.ssrc() == unprovenSsrc && packet.sequence() == unprovenSequence;
        if (silent || proven) {
            return restart(packet, nowNs);
        }
        return unproven(packet);
    }

    private Arrival jump(Packet packet, long nowNs) {
        boolean proven = packet.ssrc() == unprovenSsrc && packet.sequence() == unprovenSequence;
        return proven || nowNs - lastNs > SILENCE_NS ? restart(packet, nowNs) : unproven(packet);
    }

    private Arrival unproven(Packet packet) {
        unprovenSsrc = packet.ssrc();
        unprovenSequence = (packet.sequence() + 1) & 0xFFFF;
        return Arrival.UNPROVEN;
    }

    private Arrival restart(Packet packet, long nowNs) {
        lostBefore = lost();
        started = true;
        ssrc = packet.ssrc();
        highest = packet.sequence() + 0x1_0000L;
        base = highest;
        receivedInStream = 0;
        expectedPrior = 0;
        receivedPrior = 0;
        jitter = 0;
        transit = 0;
        lastNs = nowNs;
        unprovenSequence = -1;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = 0;
        }
        mark(highest, true);
        count(packet, nowNs);
        return Arrival.RESTARTED;
    }

    private void count(Packet packet, long nowNs) {
        packets++;
        receivedInStream++;
        bytes += packet.payloadLength();
        if (nowNs == NO_JITTER) {
            return; // a packet that was asked for again says nothing of the network's jitter
        }
        long arrival = nowNs / 1000 * clockRateHz / 1_000_000;
        long nowTransit = (int) (arrival - packet.timestamp());
        if (transit != 0) {
            double difference = Math.abs((double) (int) (nowTransit - transit));
            if (difference < 10.0 * clockRateHz) {
                jitter += (difference - jitter) / 16;
            }
        }
        transit = nowTransit;
    }

    private void mark(long at, boolean value) {
        int word = (int) (at & (WINDOW - 1)) >> 6;
        long bit = 1L << (at & 63);
        seen[word] = value ? seen[word] | bit : seen[word] & ~bit;
    }

    private boolean isSeen(long at) {
        return (seen[(int) (at & (WINDOW - 1)) >> 6] & 1L << (at & 63)) != 0;
    }

    /** Whether a stream was received. */
    public boolean started() {
        return started;
    }

    /** The current stream. */
    public int ssrc() {
        return ssrc;
    }

    /** When its newest packet came. */
    public long lastNs() {
        return lastNs;
    }

    public long packets() {
        return packets;
    }

    public long payloadBytes() {
        return bytes;
    }

    /** Missing now, in this stream and those before it. */
    public long lost() {
        return lostBefore + (started ? Math.max(0, highest - base + 1 - receivedInStream) : 0);
    }

    public long reordered() {
        return reordered;
    }

    public long duplicates() {
        return duplicates;
    }

    /** Interarrival jitter in ticks. */
    public int jitterTicks() {
        return (int) jitter;
    }

    public double jitterMs() {
        return jitter * 1000 / clockRateHz;
    }

    /** Writes the report block of the current stream, and begins a new interval. */
    public void report(RtcpWriter writer, int lastSr, int delaySinceLastSr) {
        long expected = highest - base + 1;
        long expectedNow = expected - expectedPrior;
        long lostNow = expectedNow - (receivedInStream - receivedPrior);
        expectedPrior = expected;
        receivedPrior = receivedInStream;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        int cumulative = (int) Math.max(-0x80_0000, Math.min(0x7F_FFFF, expected - receivedInStream));
        writer.reportBlock(
                ssrc, fraction, cumulative, (int) (highest - 0x1_0000L), jitterTicks(), lastSr, delaySinceLastSr);
    }
}
