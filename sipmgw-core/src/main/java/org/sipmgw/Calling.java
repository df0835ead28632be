package org.sipmgw;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.internal.sip.SipCallListener;
import org.sipmgw.spi.ConferenceSession;

/**
 * How a call that we place comes to be answered: server found, media opened and offered, seat taken, INVITE sent. Nobody's
 * phone rings before there is something to show. Then it goes on as one that came in. On the call's loop.
 */
final class Calling implements SipCallListener {
    private final CallParts parts;
    private final PlacedCall placed;
    private final CallFlow flow;
    private @Nullable RoomLeg room;
    private @Nullable ConferenceSession seat;
    private @Nullable ConferenceSession shown;
    private @Nullable ScheduledFuture<?> ringing;

    Calling(CallParts parts, PlacedCall placed, CallFlow flow) {
        this.parts = parts;
        this.placed = placed;
        this.flow = flow;
    }

    void begin() {
        placed.sip().locate(this);
    }

    /** The first seat sends the INVITE; one that replaces it while it rings is shown later, unless media flow already. */
    void onSeat(ConferenceSession session, RoomLeg leg) {
        room = leg;
        boolean first = seat == null;
        seat = session;
        if (!first && shown != null) {
            shown = session;
            flow.show(session);
        }
        if (first) {
            placed.sip().invite(leg.offer());
            ringing = parts.loop()
                    .after(
                            placed.options().ringTimeout(),
                            () -> flow.end(Cause.NO_ANSWER, 408, "Nobody answered in time"));
        }
    }

    /** It rings no longer. */
    void stop() {
        if (ringing != null) {
            ringing.cancel(false);
        }
    }

    @Override
    public void onLocated(InetAddress localAddress) {
        onLoop(flow::offer);
    }

    @Override
    public void onProgress(int status, boolean earlyMedia, Optional<String> answer) {
        onLoop(() -> {
            if (facts().state == CallState.RINGING) {
                answer.ifPresent(this::early);
                parts.gateway().listener().onProgress(parts.call(), status, earlyMedia);
            }
        });
    }

    /** Media flow before the room answers: by the description that came last. */
    private void early(String answer) {
        ConferenceSession there = Objects.requireNonNull(seat);
        if (Objects.requireNonNull(room).answeredEarly(answer) && !there.equals(shown)) {
            shown = there;
            flow.show(there);
        }
    }

    private CallFacts facts() {
        return parts.facts();
    }

    @Override
    public void onAnswered(Optional<String> sdp) {
        onLoop(() -> {
            stop();
            ConferenceSession there = Objects.requireNonNull(seat);
            facts().answered();
            try {
                Objects.requireNonNull(room).answered(sdp);
                flow.answeredByRoom(there, !there.equals(shown));
            } catch (SdpProblem problem) {
                flow.end(Cause.NO_COMMON_MEDIA, problem.sipStatus(), problem.detail());
            }
        });
    }

    @Override
    public void onFailed(int status, String detail) {
        onLoop(() -> flow.end(status == 408 ? Cause.NO_ANSWER : Cause.REFUSED, status, detail));
    }

    private void onLoop(Runnable task) {
        flow.onLoop(task);
    }
}
