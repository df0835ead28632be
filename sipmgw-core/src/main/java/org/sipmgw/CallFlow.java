package org.sipmgw;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.Room;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipInvite;
import org.sipmgw.internal.sip.SipRefusal;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.MediaSession;

/**
 * How one call goes, from INVITE until nothing is left of it: brings together the room's side ({@link RoomLeg}), the
 * conference's ({@link ConferenceSide}) and the end ({@link CallEnding}). Everything here runs on the call's loop.
 */
final class CallFlow implements RoomLegEvents {
    private static final System.Logger LOG = System.getLogger(CallFlow.class.getName());
    private final CallParts parts;
    private final CallFacts facts;
    private final SilenceWatch silence;
    private final ConferenceSide conference;
    private final CallEnding ending;
    private final @Nullable Calling calling;
    private @Nullable MediaSession media;
    private @Nullable RoomLeg roomLeg;
    private Optional<Destination> destination = Optional.empty();
    private @Nullable KeySending keySending;
    private final KeyOnce keyOnce = new KeyOnce();

    CallFlow(CallParts parts) {
        this.parts = parts;
        this.facts = parts.facts();
        this.silence = new SilenceWatch(
                parts.loop(),
                parts.gateway().config().roomSilenceTimeout(),
                facts,
                () -> end(Cause.ROOM_LOST, 480, "The room sends no sound and no picture"));
        this.conference = new ConferenceSide(parts, this, this::guarded);
        this.ending = new CallEnding(parts);
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

    @Override
    public void onLoop(Runnable task) {
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

    /** From the INVITE to ringing. */
    void begin() {
        if (parts.over()) {
            // cancelled, or the gateway closed, before its turn came
            return;
        }
        try {
            Optional<Room> found = parts.placed()
                    .map(PlacedCall::room)
                    .or(() -> parts.gateway().rooms().resolve(parts.call().request()));
            if (found.isEmpty()) {
                end(Cause.NO_SUCH_ROOM, 404, "No such conference");
                return;
            }
            facts.room = found;
            destination = Destination.of(found.get(), parts.gateway());
            if (destination.isEmpty()) {
                end(Cause.NO_SUCH_ROOM, 403, "This conference's host is not allowed here");
                return;
            }
            if (calling == null) {
                openMedia(destination.get());
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

    private void openMedia(Destination destination) {
        MediaEngine engine = parts.gateway().engine();
        SipInvite invite = parts.leg().invite();
        MediaRequest request = new MediaRequest(invite.localAddress(), invite.sourceAddress(), wishes().nat());
        MediaSession opened = engine.open(request, new MediaReports(this::guarded, this));
        media = opened;
        facts.mediaOpened(opened);
        CompletableFuture<LocalMedia> gathered = opened.gathered().toCompletableFuture();
        if (gathered.isDone()) {
            addressesKnown(gathered, opened, destination);
        } else {
            // servers are asked meanwhile: the loop must not wait for them
            var unused = gathered.whenComplete(
                    (local, problem) -> guarded(() -> addressesKnown(gathered, opened, destination)));
        }
    }

    private void addressesKnown(CompletableFuture<LocalMedia> gathered, MediaSession opened, Destination destination) {
        if (parts.over()) {
            return;
        }
        try {
            gathered.join();
            RoomLeg made = new RoomLeg(
                    parts.leg(),
                    opened,
                    wishes().capabilities(parts.gateway().engine().capabilities()),
                    wishes().encryption(parts.gateway().config().encryption()),
                    sessionRefresh(),
                    this);
            roomLeg = made;
            keySending = new KeySending(parts.loop(), parts.leg(), opened);
            made.prepare();
        } catch (SdpProblem problem) {
            end(Cause.NO_COMMON_MEDIA, problem.sipStatus(), problem.detail());
            return;
        } catch (CompletionException problem) {
            Throwable reason = problem.getCause();
            end(Cause.MEDIA_FAILED, 503, CallEnd.detail(reason == null ? problem : reason));
            return;
        }
        if (calling == null) {
            parts.leg().ring();
            parts.gateway().listener().onIncoming(parts.call());
        }
        Duration delay = wishes().answerDelay();
        if (delay.isZero()) {
            conference.open(destination);
        } else {
            var unused = parts.loop().after(delay, () -> onLoop(() -> conference.open(destination)));
        }
    }

    private AccountWishes wishes() {
        return new AccountWishes(parts.call().request().account());
    }

    /** The first server of a call that we place is found. */
    void offer() {
        try {
            destination.ifPresent(this::openMedia);
        } catch (MediaEngine.PortsExhaustedException full) {
            end(Cause.BUSY, 503, "No media port is free");
        }
    }

    /** Somebody has answered the call that we placed; it is acknowledged already. */
    void answeredByRoom(Optional<String> sdp, ConferenceSession session) {
        RoomLeg room = roomLeg;
        if (parts.over() || room == null) {
            return;
        }
        try {
            facts.answered();
            room.answered(sdp);
            become(CallState.JOINING);
            show(session);
        } catch (SdpProblem problem) {
            end(Cause.NO_COMMON_MEDIA, problem.sipStatus(), problem.detail());
        }
    }

    private SessionRefresh sessionRefresh() {
        return new SessionRefresh(
                parts.leg(),
                new SessionTimer(parts.gateway().sessionTimers()),
                parts.loop(),
                facts::packetsFromRoom,
                this);
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

    private void show(ConferenceSession session) {
        MediaSession open = media;
        RoomLeg room = roomLeg;
        if (open == null || room == null) {
            throw new IllegalStateException("a seat before media");
        }
        try {
            open.capture(session.display(), session.speaker());
            if (facts.state == CallState.RINGING) {
                facts.answered();
                room.answer();
                become(CallState.JOINING);
            }
        } catch (RuntimeException problem) {
            LOG.log(System.Logger.Level.WARNING, parts.call().id() + " has no media", problem);
            end(Cause.MEDIA_FAILED, 500, CallEnd.detail(problem));
            return;
        }
        if (!parts.over()) {
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

    void onAck(long cseq, Optional<String> sdp) {
        ifAlive(room -> room.acknowledged(cseq, sdp));
    }

    void onRequest(SipDialogRequest request) {
        if (roomLeg == null || parts.over()) {
            request.refuse(SipRefusal.of(481, "the call has ended"));
        } else {
            answer(request, roomLeg);
        }
    }

    private void answer(SipDialogRequest request, RoomLeg room) {
        try {
            room.requested(request);
        } catch (RuntimeException problem) {
            request.refuse(SipRefusal.of(500, "The gateway failed"));
            throw problem;
        }
    }

    void onMediaWarning(String detail) {
        ifAlive(room -> parts.gateway().listener().onWarning(parts.call(), detail));
    }

    void onKeyFrameNeeded() {
        ifAlive(room -> room.requestKeyFrame(System.nanoTime()));
    }

    void onRoomSilent(Duration soFar) {
        ifAlive(room -> silence.silent(soFar));
    }

    private void ifAlive(Consumer<RoomLeg> event) {
        if (roomLeg != null && !parts.over()) {
            event.accept(roomLeg);
        }
    }

    @Override
    public void onRoomHungUp(String detail) {
        end(Cause.ROOM_HUNG_UP, answered() ? 200 : 487, detail);
    }

    @Override
    public void onRoomCancelled(String detail) {
        // an answered INVITE cannot be cancelled any more: the room system will send BYE
        if (facts.state == CallState.RINGING) {
            end(Cause.CANCELLED, 487, detail);
        }
    }

    @Override
    public void onRoomLost(String detail) {
        end(Cause.ROOM_LOST, 408, detail);
    }

    @Override
    public void onNoCommonMedia(String detail) {
        end(Cause.NO_COMMON_MEDIA, 488, detail);
    }

    @Override
    public void onWarning(String detail) {
        parts.gateway().listener().onWarning(parts.call(), detail);
    }

    @Override
    public void onKey(char key) {
        onKey(key, KeyOnce.Way.INFO);
    }

    void onMediaKey(char key) {
        onKey(key, KeyOnce.Way.MEDIA);
    }

    private void onKey(char key, KeyOnce.Way way) {
        if (keyOnce.isNew(key, way, System.nanoTime())) {
            ifAlive(room -> parts.gateway().listener().onDtmf(parts.call(), key));
        }
    }

    CompletionStage<Void> sendKeys(String keys) {
        RoomLeg room = roomLeg;
        KeySending sending = keySending;
        return room == null || sending == null || !room.answered() || parts.over()
                ? CompletableFuture.failedFuture(new IllegalStateException("the call is not answered, or has ended"))
                : sending.send(keys, wishes().keys(), room.telephoneEvents());
    }

    @Override
    public void onHeld(boolean held) {
        facts.held = held;
        silence.stop();
        parts.gateway().listener().onHold(parts.call(), held);
    }

    CompletionStage<Void> command(ConferenceCommand command) {
        return conference.command(command);
    }

    /** The embedder hangs up. */
    void hangUp() {
        end(Cause.LOCAL_HANG_UP, answered() ? 200 : 480, "Hung up by the gateway");
    }

    private boolean answered() {
        return roomLeg != null && roomLeg.answered();
    }

    void end(Cause cause, int sipStatus, String detail) {
        end(CallEnd.reason(cause, sipStatus, detail));
    }

    void end(EndReason reason) {
        if (parts.over()) {
            return;
        }
        become(CallState.ENDING);
        silence.stop();
        if (calling != null) {
            calling.stop();
        }

        if (roomLeg != null) {
            roomLeg.stop();
        }
        var unused = ending.begin(reason, roomLeg, media, conference)
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
