package org.sipmgw;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.Room;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipReason;
import org.sipmgw.internal.sip.SipRefusal;
import org.sipmgw.spi.ConferenceJoiner;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaSession;

/** How one call goes, from INVITE until nothing is left of it. Everything here runs on the call's loop. */
final class CallFlow implements RoomLegEvents, ConferenceLegEvents {
    private static final System.Logger LOG = System.getLogger(CallFlow.class.getName());
    private final Call call;
    private final CallFacts facts;
    private final SipLeg leg;
    private final GatewayParts parts;
    private final CallLoop loop;
    private final BlockingWork work;
    private final Runnable forget;
    private final SilenceWatch silence;
    private final List<CompletableFuture<Void>> disposals = new ArrayList<>();
    private final CompletableFuture<EndReason> ended = new CompletableFuture<>();
    private @Nullable ConferenceJoiner joiner;
    private @Nullable Room room;
    private @Nullable MediaSession media;
    private @Nullable RoomLeg roomLeg;
    private @Nullable ConferenceLeg seat;
    private boolean restarted;

    /** @param forget takes the call off the gateway's list */
    CallFlow(
            Call call,
            CallFacts facts,
            SipLeg leg,
            GatewayParts parts,
            CallLoop loop,
            BlockingWork work,
            Runnable forget) {
        this.forget = forget;
        this.call = call;
        this.facts = facts;
        this.leg = leg;
        this.parts = parts;
        this.loop = loop;
        this.work = work;
        this.silence = new SilenceWatch(
                loop,
                parts.config().roomSilenceTimeout(),
                facts,
                () -> end(Cause.ROOM_LOST, 480, "The room sends no sound and no picture"));
    }

    /** Runs the task on the call's loop. A fault of the gateway ends this one call, and no other. */
    void guarded(Runnable task) {
        loop.post(() -> {
            try {
                task.run();
            } catch (RuntimeException problem) {
                LOG.log(System.Logger.Level.ERROR, call.id() + " failed", problem);
                end(Cause.INTERNAL_ERROR, 500, "The gateway failed");
            }
        });
    }

    /** Never completed by others. */
    CompletableFuture<EndReason> ended() {
        return ended;
    }

    /** From the INVITE to ringing. */
    void begin() {
        if (over()) {
            // cancelled, or the gateway closed, before its turn came
            return;
        }
        try {
            Optional<Room> found = parts.rooms().resolve(call.request());
            if (found.isEmpty()) {
                end(Cause.NO_SUCH_ROOM, 404, "No such conference");
                return;
            }
            facts.room = found;
            room = found.get();
            joiner = parts.joiners().stream()
                    .filter(one -> one.accepts(found.get()))
                    .findFirst()
                    .orElse(null);
            if (joiner == null) {
                end(Cause.NO_SUCH_ROOM, 403, "This conference's host is not allowed here");
                return;
            }
            openMedia();
            leg.ring();
            parts.listener().onIncoming(call);
            openSeat(joiner);
        } catch (SdpProblem problem) {
            end(Cause.NO_COMMON_MEDIA, problem.sipStatus(), problem.detail());
        } catch (MediaEngine.PortsExhaustedException full) {
            end(Cause.BUSY, 503, "No media port is free");
        } catch (RuntimeException problem) {
            LOG.log(System.Logger.Level.ERROR, call.id() + " cannot begin", problem);
            end(Cause.INTERNAL_ERROR, 500, "The gateway failed");
        }
    }

    private void openMedia() throws SdpProblem {
        MediaSession opened = parts.engine().open(leg.invite().localAddress(), new MediaReports(this::guarded, this));
        media = opened;
        facts.mediaOpened(opened);
        RoomLeg made = new RoomLeg(leg, opened, parts.engine().capabilities(), this);
        roomLeg = made;
        made.prepare();
    }

    private void openSeat(ConferenceJoiner from) {
        ConferenceLeg opened = new ConferenceLeg(this::guarded, work, this);
        seat = opened;
        opened.open(from, parts.config().joinTimeout());
    }

    @Override
    public void onSeat(ConferenceSession session) {
        facts.warm = session.warm();
        facts.processes = Optional.of(new Call.Processes(
                session.pid(), session.display().pid(), session.speaker().pid()));
        try {
            capturing().capture(session.display(), session.speaker());
            if (facts.state == CallState.RINGING) {
                facts.answered();
                roomSide().answer();
                become(CallState.JOINING);
            }
        } catch (RuntimeException problem) {
            LOG.log(System.Logger.Level.WARNING, call.id() + " has no media", problem);
            end(Cause.MEDIA_FAILED, 500, CallEnd.detail(problem));
            return;
        }
        if (facts.state != CallState.ENDING && seat != null && room != null) {
            facts.joining();
            seat.join(room, capturing(), parts.config().joinTimeout());
        }
    }

    @Override
    public void onNoSeat(Throwable problem) {
        boolean joinedBefore = facts.state == CallState.CONNECTED;
        EndReason reason = joinedBefore ? CallEnd.notJoinedAgain(problem) : CallEnd.notJoined(problem);
        if (CallEnd.worthRestarting(problem)) {
            restartOr(reason);
        } else {
            end(reason);
        }
    }

    @Override
    public void onJoined(ConferenceState state) {
        facts.joined();
        onConferenceState(state);
        if (facts.state == CallState.JOINING) {
            become(CallState.CONNECTED);
        }
    }

    @Override
    public void onNotJoined(Throwable problem) {
        onNoSeat(problem);
    }

    @Override
    public void onConferenceState(ConferenceState state) {
        if (!state.equals(facts.conference)) {
            facts.conference = state;
            parts.listener().onConference(call, state);
        }
    }

    @Override
    public void onGone(boolean retry, String detail) {
        if (retry) {
            restartOr(CallEnd.reason(Cause.BROWSER_LOST, 503, detail));
        } else {
            boolean joined = seat != null && seat.joined();
            end(joined ? Cause.CONFERENCE_ENDED : Cause.JOIN_FAILED, joined ? 200 : 480, detail);
        }
    }

    void onCaptureLost(DisplayPort display, String detail) {
        // a seat that is being replaced takes its display with it: one loss, which was dealt with already
        if (seat != null && seat.shows(display)) {
            restartOr(CallEnd.reason(Cause.MEDIA_FAILED, 500, detail));
        }
    }

    /** One new seat in a call's life: a second loss ends it. */
    private void restartOr(EndReason otherwise) {
        if (over()) {
            // the last seat may report until it is closed: a new one would belong to nobody
            return;
        }
        if (restarted || joiner == null) {
            end(otherwise);
            return;
        }
        restarted = true;
        disposeSeat();
        parts.listener().onWarning(call, otherwise.detail() + "; trying once more");
        openSeat(joiner);
    }

    private void disposeSeat() {
        if (seat != null) {
            disposals.add(seat.dispose());
            seat = null;
        }
    }

    void onAck(long cseq, Optional<String> sdp) {
        ifAlive(room -> room.acknowledged(cseq, sdp));
    }

    void onRequest(SipDialogRequest request) {
        if (roomLeg == null || over()) {
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

    void onKeyFrameNeeded() {
        ifAlive(room -> room.requestKeyFrame(System.nanoTime()));
    }

    void onRoomSilent(Duration soFar) {
        ifAlive(room -> silence.silent(soFar));
    }

    private void ifAlive(Consumer<RoomLeg> event) {
        if (roomLeg != null && !over()) {
            event.accept(roomLeg);
        }
    }

    @Override
    public void onRoomHungUp(String detail) {
        end(Cause.ROOM_HUNG_UP, roomLeg != null && roomLeg.answered() ? 200 : 487, detail);
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
    public void onKey(char key) {
        ifAlive(room -> parts.listener().onDtmf(call, key));
    }

    @Override
    public void onHeld(boolean held) {
        facts.held = held;
        silence.stop();
        parts.listener().onHold(call, held);
    }

    CompletionStage<Void> command(ConferenceCommand command) {
        return seat == null
                ? CompletableFuture.failedFuture(new IllegalStateException("not in the conference"))
                : seat.command(command);
    }

    /** The embedder hangs up. */
    void hangUp() {
        boolean answered = roomLeg != null && roomLeg.answered();
        end(Cause.LOCAL_HANG_UP, answered ? 200 : 480, "Hung up by the gateway");
    }

    void end(Cause cause, int sipStatus, String detail) {
        end(CallEnd.reason(cause, sipStatus, detail));
    }

    private boolean over() {
        return facts.state == CallState.ENDING || facts.state == CallState.ENDED;
    }

    private void end(EndReason reason) {
        if (over()) {
            return;
        }
        become(CallState.ENDING);
        silence.stop();
        disposals.add(farewell(reason).toCompletableFuture());
        MediaSession open = media;
        CompletableFuture<Void> mediaClosed = CompletableFuture.completedFuture(null);
        if (open != null) {
            facts.mediaClosing();
            mediaClosed = work.run("closing media of " + call.id(), open::close);
        }
        disposals.add(mediaClosed);
        ConferenceLeg lastSeat = seat;
        if (lastSeat != null) {
            seat = null;
            // the grabber first, the display it grabs after it
            disposals.add(mediaClosed.thenCompose(ignored -> lastSeat.dispose()));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(disposals.toArray(CompletableFuture[]::new));
        var unused = all.whenComplete((done, problem) -> loop.post(() -> finish(reason)));
    }

    /** Tells the room system that it is over, unless it has said so itself. */
    private CompletionStage<Void> farewell(EndReason reason) {
        if (roomLeg != null && roomLeg.answered()) {
            return reason.cause() == Cause.ROOM_HUNG_UP
                    ? CompletableFuture.completedFuture(null)
                    : leg.bye(new SipReason(reason.sipStatus(), reason.detail()));
        }
        Optional<Duration> retryAfter =
                reason.sipStatus() == 503 ? Optional.of(parts.config().retryAfter()) : Optional.empty();
        leg.refuse(new SipRefusal(reason.sipStatus(), reason.detail(), retryAfter));
        return CompletableFuture.completedFuture(null);
    }

    private void finish(EndReason reason) {
        forget.run();
        facts.endReason = Optional.of(reason);
        become(CallState.ENDED);
        parts.listener().onEnded(call, reason);
        ended.complete(reason);
    }

    private void become(CallState next) {
        if (next.compareTo(facts.state) <= 0) {
            throw new IllegalStateException(call.id() + ": " + facts.state + " to " + next);
        }
        facts.state = next;
        parts.listener().onState(call, next);
    }

    private MediaSession capturing() {
        return Objects.requireNonNull(media);
    }

    private RoomLeg roomSide() {
        return Objects.requireNonNull(roomLeg);
    }
}
