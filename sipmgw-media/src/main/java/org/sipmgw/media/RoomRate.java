package org.sipmgw.media;

import java.util.Set;
import org.sipmgw.media.rate.ReceiveRate;
import org.sipmgw.media.rtp.ReceiveStatistics;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaStatistics.Way;

/** Asks the room to send less while the way from it loses much of what it sends. Belongs to the media thread. */
final class RoomRate {
    private static final long SECOND_NS = 1_000_000_000L;

    private final ReceiveStatistics statistics;
    private final LossRecovery recovery;
    private final RoomControl control;
    private final LossAlarm alarm;
    private final ReceiveRate rate;
    private Set<RtcpFeedback> feedback = Set.of();
    private boolean asks;
    private boolean bounded;
    private long lastNs;
    private long packets;
    private long bytes;
    private long missed;

    RoomRate(
            ReceiveStatistics statistics,
            LossRecovery recovery,
            RoomControl control,
            int mostBps,
            MediaListener listener) {
        this.alarm = new LossAlarm(Way.ROOM_TO_CONFERENCE, MediaKind.VIDEO, listener);
        this.statistics = statistics;
        this.recovery = recovery;
        this.control = control;
        this.rate = new ReceiveRate(mostBps);
    }

    void agree(NegotiatedStream agreed) {
        feedback = agreed.feedback();
        // a room that is told of each arrival finds its rate by itself
        asks = agreed.options().transportSequenceId().isEmpty();
    }

    void tick(long nowNs) {
        if (nowNs - lastNs < SECOND_NS || !statistics.started()) {
            return;
        }
        long seconds = Math.max(1, (nowNs - lastNs) / SECOND_NS);
        boolean first = lastNs == 0;
        lastNs = nowNs;
        long came = statistics.packets() - packets;
        long lost = recovery.missed() - missed;
        long bits = (statistics.payloadBytes() - bytes) * 8;
        packets += came;
        missed += lost;
        bytes = statistics.payloadBytes();
        if (first || came == 0) {
            return;
        }
        double share = lost / (double) (came + lost);
        alarm.measured(share, nowNs);
        rate.second(share, bits / seconds, nowNs);
        if (asks && (rate.bounds() || bounded)) {
            bounded = rate.bounds();
            ask(rate.boundBps());
        }
    }

    private void ask(int bps) {
        if (feedback.contains(RtcpFeedback.TMMBR)) {
            control.requestBitrate(bps);
        } else if (feedback.contains(RtcpFeedback.REMB)) {
            control.estimateBitrate(bps);
        }
    }
}
