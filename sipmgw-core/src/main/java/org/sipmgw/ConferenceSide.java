package org.sipmgw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PagePeer;

/** The conference's side of a call: its seat, and one further seat when that is lost. On the call's loop. */
final class ConferenceSide implements ConferenceLegEvents {
    private final CallParts parts;
    private final CallFlow flow;
    private final Executor tasks;
    private final List<CompletableFuture<Void>> disposals = new ArrayList<>();
    private @Nullable Destination destination;
    private @Nullable ConferenceLeg seat;
    private @Nullable ConferenceSession session;
    private boolean restarted;

    /** @param tasks runs what a seat reports on the call's loop while the call lasts */
    ConferenceSide(CallParts parts, CallFlow flow, Executor tasks) {
        this.parts = parts;
        this.flow = flow;
        this.tasks = tasks;
    }

    /** Asks for a seat; {@link CallFlow#onSeat} follows, or the end. */
    void open(Destination where) {
        destination = where;
        session = null;
        ConferenceLeg opened = new ConferenceLeg(tasks, parts.work(), this);
        seat = opened;
        opened.open(where.joiner(), parts.gateway().config().joinTimeout());
    }

    /** The seat that is there, or comes, is for this conference; {@link CallFlow#onSeat} or {@link CallFlow#answer} follows. */
    void take(Destination where) {
        if (seat != null && destination != null && destination.joiner().equals(where.joiner())) {
            destination = where;
            if (session != null) {
                flow.answer();
            }
            return;
        }
        if (seat != null) {
            disposals.add(seat.dispose());
        }
        open(where);
    }

    /** Joins from the seat that is there. */
    void join(PagePeer camera) {
        if (seat != null && destination != null) {
            parts.facts().joining();
            seat.join(destination.room(), camera, parts.gateway().config().joinTimeout());
        }
    }

    CompletionStage<Void> command(ConferenceCommand command) {
        return seat == null
                ? CompletableFuture.failedFuture(new IllegalStateException("not in the conference"))
                : seat.command(command);
    }

    @Override
    public void onSeat(ConferenceSession opened) {
        session = opened;
        CallFacts facts = parts.facts();
        facts.warm = opened.warm();
        facts.devices = opened.devices()
                .map(devices -> new Call.Devices(
                        devices.camera().device() + " (" + devices.camera().label() + ")",
                        devices.microphone().device() + " ("
                                + devices.microphone().label() + ")"));
        facts.processes = Optional.of(new Call.Processes(
                opened.pid(), opened.display().pid(), opened.speaker().pid()));
        flow.onSeat(opened);
    }

    @Override
    public void onNoSeat(Throwable problem) {
        boolean joinedBefore = parts.facts().state == CallState.CONNECTED;
        EndReason reason = joinedBefore ? CallEnd.notJoinedAgain(problem) : CallEnd.notJoined(problem);
        if (CallEnd.worthRestarting(problem)) {
            restartOr(reason);
        } else {
            flow.end(reason);
        }
    }

    @Override
    public void onJoined(ConferenceState state) {
        parts.facts().joined();
        onConferenceState(state);
        flow.onJoined();
    }

    @Override
    public void onNotJoined(Throwable problem) {
        onNoSeat(problem);
    }

    @Override
    public void onConferenceState(ConferenceState state) {
        if (!state.equals(parts.facts().conference)) {
            parts.facts().conference = state;
            parts.gateway().listener().onConference(parts.call(), state);
        }
    }

    @Override
    public void onGone(boolean retry, String detail) {
        if (retry) {
            restartOr(CallEnd.reason(Cause.BROWSER_LOST, 503, detail));
        } else {
            boolean joined = seat != null && seat.joined();
            flow.end(joined ? Cause.CONFERENCE_ENDED : Cause.JOIN_FAILED, joined ? 200 : 480, detail);
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
        if (parts.over()) {
            // the last seat may report until it is closed: a new one would belong to nobody
            return;
        }
        if (restarted || destination == null) {
            flow.end(otherwise);
            return;
        }
        restarted = true;
        if (seat != null) {
            disposals.add(seat.dispose());
        }
        parts.gateway().listener().onWarning(parts.call(), otherwise.detail() + "; trying once more");
        open(destination);
    }

    /**
     * Gives up all seats, the last one when nothing grabs its display any more.
     *
     * @param grabberClosed completes then
     */
    CompletableFuture<Void> dispose(CompletableFuture<Void> grabberClosed) {
        ConferenceLeg last = seat;
        if (last != null) {
            seat = null;
            disposals.add(grabberClosed.thenCompose(ignored -> last.dispose()));
        }
        return CompletableFuture.allOf(disposals.toArray(CompletableFuture[]::new));
    }
}
