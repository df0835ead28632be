package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.sipmgw.account.Credentials;

/**
 * One dialog that began with an INVITE to us or of ours (RFC 3261 section 12). Thread-safe; nothing here blocks: messages leave in
 * the order of the calls, from a thread of the endpoint, because a TCP peer that reads nothing would hold up its caller.
 */
public final class SipLeg {
    private static final int FAREWELL_MS = 2000;

    private volatile SipInvite invite;
    private final @Nullable ServerTransaction transaction;
    private final @Nullable SIPRequest request;
    private final LegIdentity identity;
    private final SerialExecutor sender;
    private final OutgoingRequests outgoing;
    private final LegResponses responses;
    private final ReliableProvisional provisionals = new ReliableProvisional();
    private boolean answered;
    private boolean acknowledged;
    private boolean ended;
    private @Nullable SipCall calling;
    private volatile Optional<SipLeg> replaced = Optional.empty();
    private volatile @Nullable Dialog confirmed;
    private final List<Runnable> afterAck = new ArrayList<>();

    SipLeg(SipInvite invite, ServerTransaction transaction, SIPRequest request, LegIdentity identity, Executor pool) {
        this(invite, transaction, request, identity, new SerialExecutor(pool));
    }

    /** The leg of a call that we place; {@link #calling} follows. */
    SipLeg(SipInvite invite, LegIdentity identity, SerialExecutor sender) {
        this(invite, null, null, identity, sender);
    }

    private SipLeg(
            SipInvite invite,
            @Nullable ServerTransaction transaction,
            @Nullable SIPRequest request,
            LegIdentity identity,
            SerialExecutor sender) {
        this.invite = invite;
        this.transaction = transaction;
        this.request = request;
        this.identity = identity;
        this.sender = sender;
        this.outgoing = new OutgoingRequests(identity);
        this.responses = new LegResponses(identity);
    }

    /** What the INVITE says. */
    public SipInvite invite() {
        return invite;
    }

    /** Whether the INVITE was ours, and so the Call-ID. */
    public boolean ours() {
        return transaction == null;
    }

    /** Who is told what happens from now on. */
    public void listen(SipLegListener listener) {
        identity.listener(listener);
    }

    /** What to answer to challenges in the dialog. */
    public void credentials(Credentials answer) {
        identity.authorization(new InviteAuthorization(identity.replies().headers(), Optional.of(answer)));
    }

    /** Answers 180, reliably to a caller that demands it. A reliable one without an offer to a caller that made none would break RFC 3262: none is sent. */
    public void ring() {
        boolean demanded = invite.extensions().required().contains(ReliableProvisional.TAG);
        if (!demanded || invite.offer().isPresent()) {
            provisional(Response.RINGING, Optional.empty(), demanded);
        }
    }

    /** Answers 183 with the answer to the offer, reliably where the caller can (RFC 3262). */
    public void progress(String sdp) {
        boolean can = invite.extensions().required().contains(ReliableProvisional.TAG)
                || invite.extensions().supported().contains(ReliableProvisional.TAG);
        provisional(Response.SESSION_PROGRESS, Optional.of(sdp), can);
    }

    private void provisional(int status, Optional<String> sdp, boolean reliable) {
        sender.execute(() -> {
            if (answered || transaction == null || request == null) {
                return;
            }
            SIPResponse response = identity.response(request, status);
            sdp.ifPresent(body -> responses.addSdp(response, body));
            if (reliable) {
                provisionals.send(transaction.getDialog(), response);
            } else {
                responses.send(transaction, response);
            }
        });
    }

    /** For events of the stack: the reliable provisional answer has arrived. */
    void provisionalAcknowledged() {
        sender.execute(provisionals::acknowledged);
    }

    /** Whether the last provisional answer has certainly arrived. */
    public boolean pracked() {
        return provisionals.arrived();
    }

    /** Answers 200 with an answer, or with an offer where the INVITE had none. The stack repeats it until the ACK. */
    public void answer(String sdp, SipSessionTimer timer) {
        sender.execute(() -> provisionals.afterwards(() -> {
            if (!answered && transaction != null && request != null) {
                answered = true;
                responses.accept(transaction, request, Optional.of(sdp), timer);
            }
        }));
    }

    /** Answers the INVITE with a refusal; cancels it where it is ours, or says BYE where an answer was faster than that. */
    public void refuse(SipRefusal refusal) {
        sender.execute(() -> {
            SipReason reason = new SipReason(refusal.status(), refusal.detail());
            if (calling != null && !ended && answered) {
                ended = true;
                outgoing.bye(dialog(), reason, any -> {});
            } else if (calling != null) {
                calling.cancel(reason);
            } else if (!answered && transaction != null && request != null) {
                answered = true;
                ended = true;
                responses.send(transaction, identity.refusal(request, refusal));
            }
        });
    }

    /**
     * Ends the dialog with BYE. Where the ACK is still missing it waits for that (RFC 3261 section 15); where even the 200
     * still waits for a PRACK, the INVITE is refused instead.
     *
     * @return completes when the peer has answered, at the latest after 2 s
     */
    public CompletionStage<Void> bye(SipReason reason) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        sender.execute(() -> {
            if (ended) {
                done.complete(null);
                return;
            }
            ended = true;
            if (!answered) {
                if (transaction != null && request != null) {
                    answered = true;
                    int status = reason.cause() < 300 ? Response.TEMPORARILY_UNAVAILABLE : reason.cause();
                    responses.send(transaction, identity.refusal(request, SipRefusal.of(status, reason.text())));
                }
                done.complete(null);
                return;
            }
            afterAck(() -> outgoing.bye(dialog(), reason, any -> done.complete(null)));
        });
        return done.completeOnTimeout(null, FAREWELL_MS, TimeUnit.MILLISECONDS);
    }

    /** Sends INFO (RFC 6086 legacy usage, RFC 5168). Failure ends at {@link SipLegListener#onDialogLost}. */
    public void info(String type, String subtype, String body) {
        inDialog(() -> outgoing.info(dialog(), type, subtype, body, this::watch));
    }

    /** For events of the stack: the ACK is here or will never come. */
    void acknowledged() {
        sender.execute(() -> {
            acknowledged = true;
            List<Runnable> waiting = List.copyOf(afterAck);
            afterAck.clear();
            waiting.forEach(Runnable::run);
        });
    }

    /** For events of the stack: the peer has ended the dialog. */
    void endedByPeer() {
        sender.execute(() -> ended = true);
    }

    /** A request inside the dialog must not overtake the ACK. */
    private void afterAck(Runnable request) {
        if (acknowledged) {
            request.run();
        } else {
            afterAck.add(request);
        }
    }

    /** Sends UPDATE without a body, which refreshes the session (RFC 3311, RFC 4028); nothing where the dialog is over. */
    public void update(SipSessionTimer timer, Consumer<SipDialogAnswer> answer) {
        inDialog(() -> outgoing.update(dialog(), timer, answer));
    }

    /** Sends re-INVITE; a 2xx is acknowledged here. Nothing where the dialog is over. */
    public void reinvite(String sdp, SipSessionTimer timer, Consumer<SipDialogAnswer> answer) {
        inDialog(() -> outgoing.reinvite(dialog(), sdp, timer, answer));
    }

    private void inDialog(Runnable request) {
        sender.execute(() -> {
            if (answered && !ended) {
                afterAck(request);
            }
        });
    }

    void reply(ServerTransaction to, SIPRequest asked, Optional<String> sdp, SipSessionTimer timer) {
        sender.execute(() -> responses.accept(to, asked, sdp, timer));
    }

    /** Tells the referrer how far a transfer is (RFC 3515): {@code state} is that of the subscription, the body a SIP status line. */
    public void notifyTransfer(long referCseq, String state, String statusLine) {
        inDialog(() -> outgoing.notifyTransfer(dialog(), referCseq, state, statusLine));
    }

    /** Asks the other end to call somebody in our place (RFC 3515); NOTIFYs follow a 2xx. */
    public void refer(String target, Consumer<SipDialogAnswer> answer) {
        sender.execute(() -> afterAck(() -> outgoing.refer(ended ? null : dialog(), target, answer)));
    }

    /** The other end, with our place there for somebody else to take (RFC 3891); empty where there is no dialog. */
    public Optional<String> place() {
        return DialogPlace.uri(dialog());
    }

    void acceptLater(ServerTransaction to, SIPRequest asked) {
        sender.execute(() -> responses.send(to, identity.response(asked, Response.ACCEPTED)));
    }

    /** Nobody is told any more: another dialog has taken this one's place. */
    public void unheard() {
        identity.listener(LegIdentity.NOBODY);
    }

    /** The leg of ours whose place this one is to take (RFC 3891). */
    public Optional<SipLeg> replaced() {
        return replaced;
    }

    void replaces(SipLeg other) {
        replaced = Optional.of(other);
    }

    void refuse(ServerTransaction to, SIPRequest asked, SipRefusal refusal) {
        sender.execute(() -> responses.send(to, identity.refusal(asked, refusal)));
    }

    LegIdentity identity() {
        return identity;
    }

    /** The INVITE that this leg is to come of. */
    void calling(SipCall ours) {
        sender.execute(() -> calling = ours);
    }

    /** Our INVITE has found its first server. On the sender's thread. */
    void called(Reach reach, SipHop hop) {
        identity.reach(reach);
        invite = invite.towards(reach, hop);
    }

    /** Our INVITE is answered; the ACK follows at once. On the sender's thread. */
    void established(Dialog dialog, SIPResponse response) {
        confirmed = dialog;
        answered = true;
        acknowledged = true;
        dialog.setApplicationData(this);
        invite = invite.answeredBy(InviteReader.server(response), SipExtensions.read(response));
    }

    /** Who is told; known to the events of the stack. */
    SipLegListener listener() {
        return identity.listener();
    }

    private void watch(SipDialogAnswer answer) {
        int status = answer.status();
        if (status == Response.REQUEST_TIMEOUT || status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST) {
            listener().onDialogLost("INFO answered " + status);
        }
    }

    private @Nullable Dialog dialog() {
        return transaction == null ? confirmed : transaction.getDialog();
    }
}
