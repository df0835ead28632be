package org.sipmgw;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.internal.sip.SipReason;
import org.sipmgw.internal.sip.SipRefusal;
import org.sipmgw.spi.MediaSession;

/** How a call ends: the room system is told, media and seats are closed, and all of that is waited for. */
final class CallEnding {
    private final CallParts parts;
    private Optional<String> redirect = Optional.empty();
    private final CompletableFuture<EndReason> ended = new CompletableFuture<>();

    CallEnding(CallParts parts) {
        this.parts = parts;
    }

    /** Completes when nothing of the call is left. Never completed by others. */
    CompletableFuture<EndReason> ended() {
        return ended;
    }

    /** The refusal that follows names this address. */
    void redirectTo(String uri) {
        redirect = Optional.of(uri);
    }

    /** Ends what is there. Call once, in state ENDING; the stage completes when nothing of the call is left. */
    CompletableFuture<Void> begin(
            EndReason reason, RoomSide room, @Nullable MediaSession media, ConferenceSide conference) {
        CompletableFuture<Void> told = farewell(reason, room).toCompletableFuture();
        CompletableFuture<Void> mediaClosed = CompletableFuture.completedFuture(null);
        if (media != null) {
            parts.facts().mediaClosing();
            mediaClosed = parts.work().run("closing media of " + parts.call().id(), media::close);
        }
        return CompletableFuture.allOf(told, mediaClosed, conference.dispose(mediaClosed));
    }

    /** Tells the room system that it is over, unless it has said so itself. */
    private CompletionStage<Void> farewell(EndReason reason, RoomSide room) {
        if (room.answered()) {
            return reason.cause() == Cause.ROOM_HUNG_UP
                    ? CompletableFuture.completedFuture(null)
                    : room.leg().bye(new SipReason(reason.sipStatus(), reason.detail()));
        }
        Optional<Duration> retryAfter =
                reason.sipStatus() == 503 ? Optional.of(parts.gateway().config().retryAfter()) : Optional.empty();
        room.leg().refuse(new SipRefusal(reason.sipStatus(), reason.detail(), retryAfter, redirect));
        return CompletableFuture.completedFuture(null);
    }

    /** In state ENDED: says so to those who asked. */
    void finished(EndReason reason) {
        parts.gateway().listener().onEnded(parts.call(), reason);
        ended.complete(reason);
    }
}
