package org.sipmgw;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.internal.sip.SipInvite;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.MediaSession;

/**
 * How one call goes, from INVITE until nothing is left of it: brings together the room's side ({@link RoomSide}), the
 * conference's ({@link ConferenceSide}), who answers ({@link Answering}, or {@link Calling} of a call that we place) and the
 * end ({@link CallEnding}). Everything here runs on the call's loop.
 */
final class CallFlow {
    private static final System.Logger LOG = System.getLogger(CallFlow.class.getName());
    private final CallParts parts;
    private final CallFacts facts;
    private final RoomSide roomSide;
    private final ConferenceSide conference;
    private final CallEnding ending;
    private final Answering answering;
    private final @Nullable Calling calling;
    private @Nullable MediaSession media;
    private @Nullable RoomLeg roomLeg;
    private Optional<Destination> destination = Optional.empty();

    CallFlow(CallParts parts) {
        this.parts = parts;
        this.facts = parts.facts();
        this.roomSide = new RoomSide(parts, this);
        this.conference = new ConferenceSide(parts, this, this::onLoop);
        this.ending = new CallEnding(parts);
        this.answering = new Answering(parts, this);
        this.calling =
                parts.placed().map(placed -> new Calling(parts, placed, this)).orElse(null);
    }

    /** Runs the task on the call's loop. A fault of the gateway ends this one call, and no other. */
    void guarded(Runnable task) {
        parts.loop().post(() -> {
            try {
                task.run();
            } catch (RuntimeException problem) {
                LOG.log(System.Logger.Level.ERROR, parts.call().id() + " failed", problem);
                end(Cause.INTERNAL_ERROR, 500, "The gateway failed");
            }
        });
    }

    /** As {@link #guarded}; nothing where the call is over by then. */
    void onLoop(Runnable task) {
        guarded(() -> {
            if (!parts.over()) {
                task.run();
            }
        });
    }

    /** Never completed by others. */
    CompletableFuture<EndReason> ended() {
        return ending.ended();
    }

    RoomSide room() {
        return roomSide;
    }

    Answering answering() {
        return answering;
    }

    /** From the INVITE to ringing. */
    void begin() {
        if (parts.over()) {
            // cancelled, or the gateway closed, before its turn came
            return;
        }
        try {
            facts.room = parts.placed()
                    .map(PlacedCall::room)
                    .or(() -> parts.gateway().rooms().resolve(parts.call().request()));
            destination = facts.room.flatMap(room -> Destination.of(room, parts.gateway()));
            boolean needed = calling != null || answering.needsRoom();
            if (needed && facts.room.isEmpty()) {
                end(Cause.NO_SUCH_ROOM, 404, "No such conference");
            } else if (needed && destination.isEmpty()) {
                end(Cause.NO_SUCH_ROOM, 403, "This conference's host is not allowed here");
            } else if (calling == null) {
                openMedia();
            } else {
                calling.begin();
            }
        } catch (MediaEngine.PortsExhaustedException full) {
            end(Cause.BUSY, 503, "No media port is free");
        } catch (RuntimeException problem) {
            LOG.log(System.Logger.Level.ERROR, parts.call().id() + " cannot begin", problem);
            end(Cause.INTERNAL_ERROR, 500, "The gateway failed");
        }
    }

    private void openMedia() {
        MediaEngine engine = parts.gateway().engine();
        SipInvite invite = parts.leg().invite();
        MediaRequest request = new MediaRequest(
                invite.localAddress(),
                invite.sourceAddress(),
                parts.wishes().nat(parts.gateway().tls()),
                invite.offer(),
                parts.wishes().capabilities(engine.capabilities()).terms().rtcpMux());
        MediaSession opened = engine.open(request, new MediaReports(this::guarded, this));
        media = opened;
        facts.mediaOpened(opened);
        CompletableFuture<LocalMedia> gathered = opened.gathered().toCompletableFuture();
        if (gathered.isDone()) {
            addressesKnown(gathered, opened);
        } else {
            // servers are asked meanwhile: the loop must not wait for them
            var unused = gathered.whenComplete((local, problem) -> guarded(() -> addressesKnown(gathered, opened)));
        }
    }

    private void addressesKnown(CompletableFuture<LocalMedia> gathered, MediaSession opened) {
        if (parts.over()) {
            return;
        }
        try {
            gathered.join();
            roomLeg = roomSide.prepare(opened);
        } catch (SdpProblem problem) {
            end(Cause.NO_COMMON_MEDIA, problem.sipStatus(), problem.detail());
            return;
        } catch (CompletionException problem) {
            Throwable reason = problem.getCause();
            end(Cause.MEDIA_FAILED, 503, CallEnd.detail(reason == null ? problem : reason));
            return;
        }
        if (calling == null) {
            answering.begin(destination, parts.call());
        } else {
            destination.ifPresent(conference::open);
        }
    }

    /** The first server of a call that we place is found. */
    void offer() {
        try {
            openMedia();
        } catch (MediaEngine.PortsExhaustedException full) {
            end(Cause.BUSY, 503, "No media port is free");
        }
    }

    /** The call that we placed is answered and acknowledged. */
    void answeredByRoom(ConferenceSession session, boolean unseen) {
        become(CallState.JOINING);
        if (unseen) {
            show(session);
        } else {
            answer();
        }
    }

    /** A seat is opened though it is not decided yet that the call is answered. */
    void prepareSeat(Destination where) {
        if (!answering.decided()) {
            conference.open(where);
        }
    }

    /** It is decided: the call is answered as soon as there is a seat. */
    void take(Destination where) {
        facts.room = Optional.of(where.room());
        conference.take(where);
    }

    /** A seat is there: its picture goes to the room, and the first one answers the INVITE. */
    void onSeat(ConferenceSession session) {
        RoomLeg room = roomLeg;
        if (room == null) {
            throw new IllegalStateException("a seat before media");
        }
        if (calling != null && facts.state == CallState.RINGING) {
            calling.onSeat(session, room);
        } else {
            show(session);
        }
    }

    void show(ConferenceSession session) {
        MediaSession open = media;
        RoomLeg room = roomLeg;
        if (open == null || room == null) {
            throw new IllegalStateException("a seat before media");
        }
        try {
            session.devices().ifPresent(open::feed);
            open.capture(session.display(), session.speaker());
            if (facts.state != CallState.RINGING || answering.decided()) {
                answer();
            } else if (answering.early()) {
                room.early();
            }
        } catch (RuntimeException problem) {
            LOG.log(System.Logger.Level.WARNING, parts.call().id() + " has no media", problem);
            end(Cause.MEDIA_FAILED, 500, CallEnd.detail(problem));
        }
    }

    /** Answers, unless that is done, and joins. */
    void answer() {
        MediaSession open = media;
        RoomLeg room = roomLeg;
        if (facts.state == CallState.RINGING && room != null) {
            facts.answered();
            room.answer();
            become(CallState.JOINING);
        }
        if (!parts.over() && open != null) {
            conference.join(open);
        }
    }

    void onJoined() {
        if (facts.state == CallState.JOINING) {
            become(CallState.CONNECTED);
        }
    }

    void onCaptureLost(DisplayPort display, String detail) {
        conference.onCaptureLost(display, detail);
    }

    CompletionStage<Void> command(ConferenceCommand command) {
        return conference.command(command);
    }

    /** The embedder hangs up. */
    void hangUp() {
        end(Cause.LOCAL_HANG_UP, roomSide.answered() ? 200 : 480, "Hung up by the gateway");
    }

    /** The caller is sent elsewhere. */
    void redirect(String uri) {
        ending.redirectTo(uri);
        end(Cause.LOCAL_HANG_UP, 302, "Redirected to " + uri);
    }

    void end(Cause cause, int sipStatus, String detail) {
        end(CallEnd.reason(cause, sipStatus, detail));
    }

    void end(EndReason reason) {
        if (parts.over()) {
            return;
        }
        become(CallState.ENDING);
        answering.stop();
        roomSide.stop();
        if (calling != null) {
            calling.stop();
        }
        var unused = ending.begin(reason, roomSide, media, conference)
                .whenComplete((done, problem) -> parts.loop().post(() -> finish(reason)));
    }

    private void finish(EndReason reason) {
        parts.forget().run();
        facts.endReason = Optional.of(reason);
        become(CallState.ENDED);
        ending.finished(reason);
    }

    private void become(CallState next) {
        if (next.compareTo(facts.state) <= 0) {
            throw new IllegalStateException(parts.call().id() + ": " + facts.state + " to " + next);
        }
        facts.state = next;
        parts.gateway().listener().onState(parts.call(), next);
    }
}
