package org.sipmgw;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipReason;
import org.sipmgw.internal.sip.SipRefusal;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.spi.MediaSession;

/** The room's side of a call: its leg, and what the room does. On the call's loop. */
final class RoomSide implements RoomLegEvents {
    private static final Duration DECISION = Duration.ofSeconds(10);
    private final CallParts parts;
    private final CallFlow flow;
    private final SilenceWatch silence;
    private final KeyOnce keyOnce = new KeyOnce();
    private @Nullable RoomLeg room;
    private @Nullable KeySending keySending;
    private @Nullable MediaSession media;
    private @Nullable OutgoingTransfer transfer;
    private volatile SipLeg leg;

    RoomSide(CallParts parts, CallFlow flow) {
        this.parts = parts;
        this.flow = flow;
        this.leg = parts.leg();
        this.silence = new SilenceWatch(
                parts.loop(),
                parts.gateway().config().roomSilenceTimeout(),
                parts.facts(),
                () -> flow.end(Cause.ROOM_LOST, 480, "The room sends no sound and no picture"));
    }

    /** The dialog that the call has now. */
    SipLeg leg() {
        return leg;
    }

    /** What offer and answer make of the INVITE; nothing is sent yet. */
    RoomLeg prepare(MediaSession session) throws SdpProblem {
        SessionRefresh refresh = new SessionRefresh(
                leg,
                new SessionTimer(parts.gateway().sessionTimers()),
                parts.loop(),
                parts.facts()::packetsFromRoom,
                this);
        RoomLeg made = new RoomLeg(
                leg,
                session,
                parts.wishes().capabilities(parts.gateway().engine().capabilities()),
                parts.wishes().encryption(parts.gateway().config().encryption()),
                refresh,
                this);
        room = made;
        media = session;
        keySending = new KeySending(parts.loop(), leg, session);
        made.prepare();
        return made;
    }

    /** Whether the INVITE is answered. */
    boolean answered() {
        return room != null && room.answered();
    }

    /** Nothing is watched any more. */
    void stop() {
        silence.stop();
        if (transfer != null) {
            transfer.stop();
        }
        if (room != null) {
            room.stop();
        }
    }

    private void ifAlive(Consumer<RoomLeg> event) {
        if (room != null && !parts.over()) {
            event.accept(room);
        }
    }

    void onAck(long cseq, Optional<String> sdp) {
        ifAlive(any -> any.acknowledged(cseq, sdp));
    }

    void onRequest(SipDialogRequest request) {
        RoomLeg asked = room;
        if (asked == null || parts.over()) {
            request.refuse(SipRefusal.of(481, "the call has ended"));
            return;
        }
        try {
            asked.requested(request);
        } catch (RuntimeException problem) {
            request.refuse(SipRefusal.of(500, "The gateway failed"));
            throw problem;
        }
    }

    void onKeyFrameNeeded() {
        ifAlive(any -> any.requestKeyFrame(System.nanoTime()));
    }

    void onSilent(Duration soFar) {
        ifAlive(any -> silence.silent(soFar));
    }

    void onMediaKey(char key) {
        onKey(key, KeyOnce.Way.MEDIA);
    }

    /** Something of the media that the embedder wants to know, while the call lasts. */
    void tell(BiConsumer<CallListener, Call> event) {
        ifAlive(room -> event.accept(parts.gateway().listener(), parts.call()));
    }

    void onLocalMediaChanged(LocalMedia addresses) {
        ifAlive(room -> room.moved(addresses));
    }

    void onMediaWarning(String detail) {
        ifAlive(any -> onWarning(detail));
    }

    CompletionStage<Void> sendKeys(String keys) {
        RoomLeg to = room;
        KeySending sending = keySending;
        return to == null || sending == null || !to.answered() || parts.over()
                ? CompletableFuture.failedFuture(new IllegalStateException("the call is not answered, or has ended"))
                : sending.send(keys, parts.wishes().keys(), to.telephoneEvents());
    }

    @Override
    public void onLoop(Runnable task) {
        flow.onLoop(task);
    }

    @Override
    public void onRoomHungUp(String detail) {
        flow.end(Cause.ROOM_HUNG_UP, answered() ? 200 : 487, detail);
    }

    @Override
    public void onRoomCancelled(String detail) {
        // an answered INVITE cannot be cancelled any more: the room system will send BYE
        if (parts.facts().state == CallState.RINGING) {
            flow.end(Cause.CANCELLED, 487, detail);
        }
    }

    @Override
    public void onRoomLost(String detail) {
        // ringing that is never acknowledged is a fault of this side's to the caller (RFC 3262 section 3)
        int status = parts.call().answerTime().isPresent() ? 408 : 504;
        flow.end(Cause.ROOM_LOST, status, detail);
    }

    @Override
    public void onNoCommonMedia(String detail) {
        flow.end(Cause.NO_COMMON_MEDIA, 488, detail);
    }

    @Override
    public void onWarning(String detail) {
        parts.gateway().listener().onWarning(parts.call(), detail);
    }

    @Override
    public void onKey(char key) {
        onKey(key, KeyOnce.Way.INFO);
    }

    private void onKey(char key, KeyOnce.Way way) {
        if (keyOnce.isNew(key, way, System.nanoTime())) {
            ifAlive(any -> parts.gateway().listener().onDtmf(parts.call(), key));
        }
    }

    @Override
    public void onRefer(SipDialogRequest request) {
        Optional<String> target = request.uri("Refer-To");
        if (target.isEmpty()) {
            request.refuse(SipRefusal.of(400, "no Refer-To"));
            return;
        }
        Transfer transfer = new Transfer(request, leg, this::onLoop, target.get());
        boolean allowed = parts.call()
                .request()
                .account()
                .map(account -> account.calls().transfers())
                .orElse(true);
        if (allowed) {
            parts.gateway().listener().onTransfer(parts.call(), transfer);
            var unused = parts.loop().after(DECISION, () -> transfer.decline(603, "Nobody has taken the transfer"));
        } else {
            transfer.decline(603, "This account takes no transfers");
        }
    }

    @Override
    public void onNotify(SipDialogRequest request) {
        if (transfer == null) {
            request.refuse(SipRefusal.of(481, "no such subscription"));
        } else {
            transfer.notified(request);
        }
    }

    /** Asks the room to call somebody else in our place. */
    CompletionStage<Void> transfer(String target) {
        if (!answered() || parts.over() || (transfer != null && transfer.pending())) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the call is not answered, has ended or is being transferred"));
        }
        OutgoingTransfer asked = new OutgoingTransfer(parts, flow, leg, target);
        transfer = asked;
        return asked.done();
    }

    /** Another dialog takes the place of this one (RFC 3891): same room, same media session. */
    void replaceBy(SipLeg other) {
        RoomLeg before = room;
        MediaSession open = media;
        if (parts.over() || before == null || open == null || !before.answered()) {
            other.refuse(SipRefusal.of(481, "the dialog to replace is not established"));
            return;
        }
        SipLeg old = leg;
        leg = other;
        try {
            RoomLeg made = prepare(open);
            before.stop();
            made.answer();
            if (parts.facts().held && !made.held()) {
                onHeld(false);
            }
        } catch (SdpProblem problem) {
            stay(old, before, open);
            other.refuse(SipRefusal.of(problem.sipStatus(), problem.detail()));
            return;
        } catch (RuntimeException problem) {
            stay(old, before, open);
            other.refuse(SipRefusal.of(500, "The gateway failed"));
            throw problem;
        }
        old.unheard();
        var unused = old.bye(new SipReason(200, "Replaced"));
        parts.gateway().listener().onReplaced(parts.call(), other.invite().fromUri());
    }

    private void stay(SipLeg old, RoomLeg before, MediaSession open) {
        leg = old;
        room = before;
        keySending = new KeySending(parts.loop(), old, open);
    }

    @Override
    public void onHeld(boolean held) {
        parts.facts().held = held;
        silence.stop();
        parts.gateway().listener().onHold(parts.call(), held);
    }
}
