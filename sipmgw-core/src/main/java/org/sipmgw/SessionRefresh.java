package org.sipmgw;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.SipDialogAnswer;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipSessionTimer;

/**
 * Keeps one session alive (RFC 4028): sends UPDATE, or re-INVITE to a peer that does not take that, when {@link
 * SessionTimer} says so. A peer that forgets to refresh is kept as long as it sends media. On the call's loop.
 */
final class SessionRefresh {
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Sends what is in force once more by re-INVITE. */
    interface Reinviting {
        void reinvite(SipSessionTimer ask, Consumer<SipDialogAnswer> answered);
    }

    private final SipLeg leg;
    private final SessionTimer timer;
    private final CallLoop loop;
    private final LongSupplier packetsFromRoom;
    private final RoomLegEvents events;
    private boolean updateRefused;
    private boolean asking;
    private boolean warned;
    private @Nullable Reinviting reinviting;
    private @Nullable ScheduledFuture<?> next;

    SessionRefresh(SipLeg leg, SessionTimer timer, CallLoop loop, LongSupplier packetsFromRoom, RoomLegEvents events) {
        this.leg = leg;
        this.timer = timer;
        this.loop = loop;
        this.packetsFromRoom = packetsFromRoom;
        this.events = events;
    }

    /** What a 2xx of ours to a session request says; the session counts as refreshed. */
    SipSessionTimer answer(SipSessionTimer asked, Reinviting by) {
        reinviting = by;
        SipSessionTimer answer = timer.answer(asked, System.nanoTime());
        schedule();
        return answer;
    }

    /** Our INVITE was answered: what that says is in force. */
    void begin(Reinviting by) {
        reinviting = by;
        timer.begin(leg.invite().extensions().sessionTimer(), System.nanoTime());
        schedule();
    }

    /** Sends another session request of ours, which refreshes as well; again after glare. */
    void by(Reinviting offering) {
        offering.reinvite(timer.ask(), answer -> {
            if (answer.success()) {
                timer.refreshed(answer.extensions().sessionTimer(), System.nanoTime());
                schedule();
            } else if (answer.status() == 491) {
                Duration pause = GlarePause.of(leg.ours(), ThreadLocalRandom.current());
                var unused = loop.after(pause, () -> events.onLoop(() -> by(offering)));
            } else {
                events.onWarning("The room system has not taken our new media addresses: " + answer.status());
            }
        });
    }

    void stop() {
        ScheduledFuture<?> running = next;
        if (running != null) {
            running.cancel(false);
            next = null;
        }
    }

    private void schedule() {
        stop();
        timer.untilDue(System.nanoTime()).ifPresent(time -> after(time, this::act));
    }

    /** One millisecond more, since the loop's clock is no finer. */
    private void after(Duration time, Runnable task) {
        stop();
        next = loop.after(time.plusMillis(1), () -> events.onLoop(task));
    }

    private void act() {
        switch (timer.due(System.nanoTime())) {
            case NOTHING -> schedule();
            case REFRESH -> refresh();
            case EXPIRED -> lookForMedia();
        }
    }

    private void refresh() {
        Reinviting otherwise = reinviting;
        if (asking || otherwise == null) {
            return;
        }
        asking = true;
        timer.later(timer.interval().orElse(Duration.ZERO), System.nanoTime());
        if (updates()) {
            leg.update(timer.ask(), answer -> events.onLoop(() -> answered(answer)));
        } else {
            otherwise.reinvite(timer.ask(), this::answered);
        }
        schedule();
    }

    private void answered(SipDialogAnswer answer) {
        asking = false;
        if (answer.success()) {
            timer.refreshed(answer.extensions().sessionTimer(), System.nanoTime());
            schedule();
            return;
        }
        switch (answer.status()) {
            case 422 -> {
                boolean more = timer.tooSmall(
                        answer.extensions().sessionTimer().minimum().orElse(Duration.ofSeconds(90)));
                // who refuses what he has asked for would be asked again without end
                again(more ? Duration.ZERO : pause());
            }
            case 491 -> again(GlarePause.of(leg.ours(), ThreadLocalRandom.current()));
            case 481 -> lost(answer.status());
            case 405, 408, 501 -> byReinvite(answer.status());
            default -> again(answer.retryAfter().filter(any -> !any.isZero()).orElseGet(this::pause));
        }
    }

    /** A peer that refuses UPDATE, or does not answer it, gets a re-INVITE. */
    private void byReinvite(int status) {
        if (updates()) {
            updateRefused = true;
            again(Duration.ZERO);
        } else if (status == 408) {
            lost(status);
        } else {
            again(pause());
        }
    }

    private boolean updates() {
        return !updateRefused && leg.invite().extensions().allowed().contains("UPDATE");
    }

    private Duration pause() {
        Duration eighth = timer.interval().orElse(LONGEST_PAUSE).dividedBy(8);
        return eighth.compareTo(LONGEST_PAUSE) < 0 ? eighth : LONGEST_PAUSE;
    }

    private void again(Duration pause) {
        timer.later(pause, System.nanoTime());
        schedule();
    }

    private void lost(int status) {
        events.onRoomLost("The room system no longer knows the call (" + status + " to a session refresh)");
    }

    /** Nobody has refreshed the session: it goes on if the room still sends. */
    private void lookForMedia() {
        long before = packetsFromRoom.getAsLong();
        Duration tenth = timer.interval().orElse(LONGEST_LOOK).dividedBy(10);
        after(tenth.compareTo(LONGEST_LOOK) < 0 ? tenth : LONGEST_LOOK, () -> {
            if (timer.due(System.nanoTime()) != SessionTimer.Due.EXPIRED) {
                schedule();
            } else if (packetsFromRoom.getAsLong() > before) {
                keep();
            } else {
                String time =
                        timer.interval().map(any -> any.toSeconds() + " s").orElse("time");
                events.onRoomLost("The session was not refreshed in " + time + " and the room sends no media");
            }
        });
    }

    private void keep() {
        timer.prolong(System.nanoTime());
        if (!warned) {
            warned = true;
            events.onWarning("The session was not refreshed in time; it goes on while the room sends media");
        }
        schedule();
    }
}
