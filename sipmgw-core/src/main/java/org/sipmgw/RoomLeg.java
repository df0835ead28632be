package org.sipmgw;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sipmgw.internal.sip.SipDialogAnswer;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipRefusal;
import org.sipmgw.internal.sip.SipSessionTimer;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaSession;

/** The room's side of a call: its dialog, and what offer and answer make of the media session. On the call's loop. */
final class RoomLeg {
    private static final long NO_CSEQ = -1;
    private static final Duration LATER = Duration.ofSeconds(1);
    private final SipLeg leg;
    private final MediaSession media;
    private final SdpExchange sdp;
    private final SessionRefresh refresh;
    private final RoomLegEvents events;
    private final RoomInfo info;
    private List<NegotiatedStream> streams = List.of();
    private String local = "";
    private boolean answered;
    private boolean shownEarly;
    private boolean offerPending;
    private long offerCseq;
    private boolean held;
    /** Changes of our addresses that the room has not been told of. */
    private int moves;

    /** @param encryption what is offered and accepted of it */
    RoomLeg(
            SipLeg leg,
            MediaSession media,
            MediaCapabilities capabilities,
            EncryptionPolicy encryption,
            SessionRefresh refresh,
            RoomLegEvents events) {
        this.leg = leg;
        this.media = media;
        this.refresh = refresh;
        this.events = events;
        this.info = new RoomInfo(leg, media, events);
        this.sdp = new SdpExchange(media.localMedia(), capabilities, encryption);
    }

    /** Finds the answer to the INVITE's offer, or makes ours for the 200 or the INVITE that we send; nothing is sent yet. */
    void prepare() throws SdpProblem {
        if (leg.invite().offer().isPresent()) {
            take(sdp.answer(leg.invite().offer().get()));
        } else {
            local = sdp.offer();
            offerPending = true;
            offerCseq = leg.invite().cseq();
        }
    }

    /** Shows the room a picture before it is answered; nothing where the caller has made no offer. */
    void early() {
        if (!offerPending && !shownEarly) {
            shownEarly = true;
            media.configure(streams);
            leg.progress(local);
        }
    }

    /** Answers the INVITE; media flows from now on, or from the ACK on where that brings the answer. */
    void answer() {
        if (!offerPending && !shownEarly) {
            media.configure(streams);
        }
        answered = true;
        leg.answer(local, refresh.answer(leg.invite().extensions().sessionTimer(), this::reinvite));
        noticeHold();
    }

    /** The offer of an INVITE of ours, made by {@link #prepare}. */
    String offer() {
        return local;
    }

    /** A provisional answer to our INVITE brings a description: media flows by it until another one comes. Whether it can be taken. */
    boolean answeredEarly(String answer) {
        try {
            take(sdp.acceptEarly(answer));
            media.configure(streams);
            shownEarly = true;
        } catch (SdpProblem problem) {
            events.onWarning("Early media cannot be taken: " + problem.detail());
        }
        return shownEarly;
    }

    /** Our INVITE is answered: media flows from now on, if they do not already. */
    void answered(Optional<String> answer) throws SdpProblem {
        answered = true;
        offerPending = false;
        if (answer.isEmpty()) {
            sdp.withdraw();
            throw new SdpProblem(488, "the answer brings no session description");
        }
        List<NegotiatedStream> early = shownEarly ? streams : List.of();
        take(sdp.accept(answer.get()));
        if (!streams.equals(early)) {
            media.configure(streams);
        }
        refresh.begin(this::reinvite);
        noticeHold();
    }

    boolean answered() {
        return answered;
    }

    void acknowledged(long cseq, Optional<String> answer) {
        // the ACK of an earlier INVITE may come late
        if (!offerPending || cseq != offerCseq) {
            return;
        }
        offerPending = false;
        try {
            if (answer.isEmpty()) {
                sdp.withdraw();
                throw new SdpProblem(488, "the ACK brings no answer to our offer");
            }
            take(sdp.accept(answer.get()));
            media.configure(streams);
            noticeHold();
        } catch (SdpProblem problem) {
            if (streams.isEmpty()) {
                events.onNoCommonMedia(problem.detail());
            }
            // else a later exchange failed: what was agreed before stays in force (RFC 3261 section 14.2)
        }
    }

    void requested(SipDialogRequest request) {
        switch (request.kind()) {
            case REINVITE, UPDATE -> negotiateAgain(request);
            case INFO -> info.requested(request);
            case REFER -> events.onRefer(request);
            case NOTIFY -> events.onNotify(request);
        }
    }

    private void negotiateAgain(SipDialogRequest request) {
        Optional<String> offer = request.sdp();
        if (offer.isEmpty() && request.kind() == SipDialogRequest.Kind.UPDATE) {
            request.accept(Optional.empty(), timer(request));
        } else if (!answered && !(shownEarly && leg.pracked())) {
            request.refuse(new SipRefusal(500, "the INVITE is not answered yet", Optional.of(LATER)));
        } else if (offerPending) {
            request.refuse(SipRefusal.of(491, "our offer is not answered yet"));
        } else if (offer.isEmpty()) {
            offerPending = true;
            offerCseq = request.cseq();
            local = sdp.offer();
            request.accept(Optional.of(local), timer(request));
        } else {
            answerAgain(request, offer.get());
        }
    }

    private void answerAgain(SipDialogRequest request, String offer) {
        try {
            take(sdp.answer(offer));
            media.configure(streams);
            request.accept(Optional.of(local), timer(request));
            noticeHold();
        } catch (SdpProblem problem) {
            request.refuse(SipRefusal.of(problem.sipStatus(), problem.detail()));
        }
    }

    /** A session request of the peer refreshes the session; one in an early dialog does not (RFC 4028 section 7). */
    private SipSessionTimer timer(SipDialogRequest request) {
        return answered ? refresh.answer(request.extensions().sessionTimer(), this::reinvite) : SipSessionTimer.none();
    }

    /** Sends what is in force once more, to refresh the session. */
    private void reinvite(SipSessionTimer ask, Consumer<SipDialogAnswer> answered) {
        reinvite(sdp::offerAgain, ask, answered);
    }

    private void reinvite(Supplier<String> offer, SipSessionTimer ask, Consumer<SipDialogAnswer> answered) {
        if (offerPending) {
            answered.accept(SipDialogAnswer.none(491));
            return;
        }
        offerPending = true;
        offerCseq = NO_CSEQ;
        leg.reinvite(
                offer.get(),
                ask,
                answer -> events.onLoop(() -> {
                    settle(answer);
                    answered.accept(answer);
                }));
    }

    /** An answer that does not come, or does not fit, leaves in force what was agreed before. */
    private void settle(SipDialogAnswer answer) {
        offerPending = false;
        if (!answer.success() || answer.sdp().isEmpty()) {
            sdp.withdraw();
            return;
        }
        try {
            List<NegotiatedStream> before = streams;
            take(sdp.accept(answer.sdp().get()));
            if (!streams.equals(before)) {
                media.configure(streams);
            }
            noticeHold();
        } catch (SdpProblem problem) {
            events.onWarning("The room system's answer to our re-INVITE cannot be taken: " + problem.detail());
        }
    }

    /** Our media addresses are others: the room is told by a new offer, as soon as there is a session to change. */
    void moved(LocalMedia addresses) {
        sdp.moved(addresses);
        moves++;
        if (moves == 1) {
            refresh.by(this::tellMoves);
        }
    }

    private void tellMoves(SipSessionTimer ask, Consumer<SipDialogAnswer> told) {
        if (!answered) {
            told.accept(SipDialogAnswer.none(491));
            return;
        }
        int offered = moves;
        reinvite(sdp::offer, ask, answer -> {
            boolean again = answer.success() && moves > offered;
            if (answer.status() != 491) {
                moves = again ? 1 : 0;
            }
            told.accept(answer);
            if (again) {
                refresh.by(this::tellMoves);
            }
        });
    }

    /** Nothing is refreshed any more. */
    void stop() {
        refresh.stop();
    }

    /** Asks the room for a key frame by INFO, at most once a second. */
    void requestKeyFrame(long nowNs) {
        if (answered) {
            info.requestKeyFrame(nowNs);
        }
    }

    /** Whether keys can be sent as telephone events. */
    boolean telephoneEvents() {
        return RoomStreams.telephoneEvents(streams);
    }

    boolean held() {
        return held;
    }

    private void take(SdpExchange.Outcome outcome) {
        streams = outcome.streams();
        local = outcome.local();
    }

    private void noticeHold() {
        // no stream at all: the room has taken every line away, which is one more way to hold
        boolean now = !offerPending && !RoomStreams.roomListens(streams);
        if (now != held) {
            held = now;
            if (!held) {
                // the room gets a whole picture at once, not at the next regular key frame
                media.requestKeyFrame();
            }
            events.onHeld(held);
        }
    }
}
