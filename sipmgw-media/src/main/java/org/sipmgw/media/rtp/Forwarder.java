package org.sipmgw.media.rtp;

/**
 * Turns the packets of a changing room stream into one unchanging stream for the page: SSRC, payload type, sequence
 * and timestamp are rewritten, the payload is not touched. Not thread-safe; allocates nothing.
 */
public final class Forwarder {
    /** Numbers left out where another stream begins: the receiver must not take its pictures for the next ones. */
    private static final int GAP = 1;

    private static final long JUMP_NS = 3_000_000_000L;

    private final int ssrc;
    private final SequenceMap sequences;
    private int payloadType;
    private int clockRateHz = 90_000;
    private int timestampOffset;
    private int newestOut;
    private int newestIn;
    private long newestNs;
    private boolean started;
    private boolean rebase;

    /**
     * @param ssrc of what is sent
     * @param firstSequence of what is sent, at most 32767, so that SRTP's roll-over counter starts unmistakably
     * @param firstTimestamp of what is sent
     */
    public Forwarder(int ssrc, int firstSequence, int firstTimestamp) {
        this.ssrc = ssrc;
        this.sequences = new SequenceMap(firstSequence);
        this.newestOut = firstTimestamp;
    }

    /** What is sent from now on. */
    public void format(int newPayloadType, int newClockRateHz) {
        payloadType = newPayloadType;
        rebase |= clockRateHz != newClockRateHz;
        clockRateHz = newClockRateHz;
    }

    /** Rewrites a packet; false where it is too late to have a number. */
    public boolean forward(Packet packet, Arrival arrival, long nowNs) {
        if (arrival == Arrival.RESTARTED) {
            boolean first = !started;
            sequences.restart(packet.sequence(), first ? 0 : GAP);
            rebase(packet.timestamp(), nowNs);
        } else if (arrival == Arrival.IN_ORDER && (rebase || jumped(packet.timestamp(), nowNs))) {
            rebase(packet.timestamp(), nowNs);
        }
        int timestamp = packet.timestamp() + timestampOffset;
        if (arrival != Arrival.LATE) {
            newestIn = packet.timestamp();
            newestOut = timestamp;
            newestNs = nowNs;
        }
        int sequence = sequences.map(packet.sequence());
        if (sequence < 0) {
            return false;
        }
        packet.sequence(sequence);
        packet.timestamp(timestamp);
        packet.ssrc(ssrc);
        packet.payloadType(payloadType);
        return true;
    }

    /** Leaves a packet out, such as a telephone event among sound. */
    public void skip(Packet packet, Arrival arrival) {
        if (arrival != Arrival.RESTARTED && started) {
            sequences.drop(packet.sequence());
        }
    }

    /** Whether timestamp and clock disagree by seconds: the source was restarted or jumped. */
    private boolean jumped(int timestamp, long nowNs) {
        long stepNs = (long) (timestamp - newestIn) * 1_000_000_000L / clockRateHz;
        return Math.abs(stepNs - (nowNs - newestNs)) > JUMP_NS;
    }

    private void rebase(int timestamp, long nowNs) {
        int next = newestOut;
        if (started) {
            long elapsedNs = Math.max(1_000_000L, nowNs - newestNs);
            next += (int) (elapsedNs / 1000 * clockRateHz / 1_000_000);
        }
        timestampOffset = next - timestamp;
        started = true;
        rebase = false;
    }

    /** Of what is sent. */
    public int ssrc() {
        return ssrc;
    }

    /** Whether anything was sent. */
    public boolean started() {
        return started;
    }

    /** The timestamp sent for a room's timestamp. */
    public int outgoingTimestamp(int roomTimestamp) {
        return roomTimestamp + timestampOffset;
    }

    /** The room's sequence number of what was sent as {@code sequence}; -1 where there is none. */
    public int roomSequence(int sequence) {
        return sequences.source(sequence);
    }
}
