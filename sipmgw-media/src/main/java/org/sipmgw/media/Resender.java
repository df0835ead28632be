package org.sipmgw.media;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketHistory;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.ResendBudget;
import org.sipmgw.media.rtp.Rtx;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtcpFeedback;

/**
 * Answers the room's NACKs from what was sent: as it was, or as RFC 4588 has it where that was agreed. No packet twice
 * within a round trip, and all together no more than half of the stream's rate. Belongs to the media thread.
 */
final class Resender {
    /** About two seconds at 2 Mb/s. */
    private static final int KEPT = 512;

    private static final int NONE = -1;
    private static final int LEAST_BUDGET_BPS = 100_000;
    private static final long LEAST_SPACING_NS = 10_000_000L;

    private final PacketPool pool;
    private final RoomSink sink;
    private final ResendBudget budget = new ResendBudget(LEAST_BUDGET_BPS);
    private final int[] resent = new int[KEPT];
    private final long[] resentNs = new long[KEPT];
    private final int rtxSsrc;
    private int rtxSequence;
    private int rtxPayloadType = NONE;
    private @Nullable PacketHistory history;

    Resender(PacketPool pool, RoomSink sink, Random random) {
        this.pool = pool;
        this.sink = sink;
        this.rtxSsrc = random.nextInt();
        this.rtxSequence = random.nextInt(0x8000);
        Arrays.fill(resent, NONE);
    }

    /** What was agreed. */
    void agree(NegotiatedStream agreed) {
        boolean asked = agreed.kind() == MediaKind.VIDEO && agreed.feedback().contains(RtcpFeedback.NACK);
        rtxPayloadType = agreed.options().rtxPayloadType().orElse(NONE);
        if (asked && history == null) {
            history = new PacketHistory(KEPT);
        }
        sink.keep(asked ? history : null, rtxPayloadType == NONE);
        agreed.sendLimits().ifPresent(limits -> bound(limits.maxBitrateBps()));
    }

    /** The stream's rate from now on. */
    void bound(int bitrateBps) {
        budget.rate(Math.max(LEAST_BUDGET_BPS, bitrateBps / 2));
    }

    /** The room misses a packet; true where for the first time. */
    boolean missing(int sequence, long roundTripNs, long nowNs) {
        PacketHistory kept = history;
        int slot = sequence & (KEPT - 1);
        if (kept == null || (resent[slot] == sequence && nowNs - resentNs[slot] < spacing(roundTripNs))) {
            return false;
        }
        boolean first = resent[slot] != sequence;
        Packet packet = pool.acquire(0);
        if (kept.read(sequence, packet) && budget.take(packet.length(), nowNs)) {
            resent[slot] = sequence;
            resentNs[slot] = nowNs;
            if (rtxPayloadType != NONE) {
                Rtx.wrap(packet, rtxPayloadType, rtxSsrc, rtxSequence);
                rtxSequence = (rtxSequence + 1) & 0xFFFF;
            }
            sink.resend(packet, rtxPayloadType == NONE);
        }
        pool.release(packet);
        return first;
    }

    private static long spacing(long roundTripNs) {
        return Math.max(LEAST_SPACING_NS, roundTripNs * 3 / 4);
    }
}
