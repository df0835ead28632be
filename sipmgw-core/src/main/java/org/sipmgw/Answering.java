package org.sipmgw;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.account.AnswerMode;
import org.sipmgw.account.CallSettings;
import org.sipmgw.conference.Room;

/** Whether a call that came in is answered: by itself, or as the embedder decides. On the call's loop. */
final class Answering {
    private final CallParts parts;
    private final CallFlow flow;
    private final AnswerPolicy policy;
    private @Nullable ScheduledFuture<?> waiting;
    private boolean decided;

    Answering(CallParts parts, CallFlow flow) {
        this.parts = parts;
        this.flow = flow;
        this.policy = policy(parts);
    }

    /** The called account's, else the gateway's. */
    private static AnswerPolicy policy(CallParts parts) {
        AnswerPolicy general = parts.gateway().answering();
        Optional<CallSettings> account = parts.call().request().account().map(one -> one.calls());
        return account.map(calls -> new AnswerPolicy(
                        calls.answerMode().orElse(general.mode()),
                        calls.answerDelay().isZero() ? general.delay() : calls.answerDelay(),
                        general.patience()))
                .orElse(general);
    }

    /** A call for no room that is known is refused at once, except where the embedder may know another one. */
    boolean needsRoom() {
        return policy.mode() == AnswerMode.AUTO;
    }

    /** Whether the room sees the waiting picture before it is answered. */
    boolean early() {
        return policy.mode() == AnswerMode.EARLY;
    }

    boolean decided() {
        return decided;
    }

    /** It rings: asks the embedder, and waits for what it says. */
    void begin(Optional<Destination> destination, IncomingCall call) {
        parts.leg().ring();
        parts.gateway().listener().onIncoming(call);
        boolean auto = policy.mode() == AnswerMode.AUTO;
        if (auto && policy.delay().isZero()) {
            // what the embedder has said in onIncoming comes first
            flow.onLoop(() -> accept(Optional.empty()));
            return;
        }
        if (auto || early()) {
            destination.ifPresent(where -> flow.onLoop(() -> flow.prepareSeat(where)));
        }
        Duration time = auto ? policy.delay() : policy.patience();
        Runnable then = auto
                ? () -> accept(Optional.empty())
                : () -> flow.end(Cause.NO_ANSWER, 480, "Nobody has taken the call in time");
        waiting = parts.loop().after(time, () -> flow.onLoop(then));
    }

    /** @param other another room than the resolver's */
    void accept(Optional<Room> other) {
        if (decided || parts.over()) {
            return;
        }
        decided = true;
        stop();
        Optional<Room> room = other.or(() -> parts.facts().room);
        Optional<Destination> where = room.flatMap(any -> Destination.of(any, parts.gateway()));
        if (where.isPresent()) {
            flow.take(where.get());
        } else if (room.isPresent()) {
            flow.end(Cause.NO_SUCH_ROOM, 403, "This conference's host is not allowed here");
        } else {
            flow.end(Cause.NO_SUCH_ROOM, 404, "No such conference");
        }
    }

    void reject(int status, String detail) {
        if (!decided && !parts.over()) {
            decided = true;
            flow.end(Cause.LOCAL_HANG_UP, status, detail);
        }
    }

    void redirect(String uri) {
        if (!decided && !parts.over()) {
            decided = true;
            flow.redirect(uri);
        }
    }

    void stop() {
        ScheduledFuture<?> running = waiting;
        if (running != null) {
            running.cancel(false);
            waiting = null;
        }
    }
}
