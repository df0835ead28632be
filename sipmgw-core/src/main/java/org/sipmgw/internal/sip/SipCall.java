package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * An INVITE of ours until it is answered, refused or given up (RFC 3261 section 13.2): tries server after server, answers
 * challenges, follows redirections, takes the first of several answers. Thread-safe; nothing here blocks its caller.
 */
public final class SipCall {
    private static final System.Logger LOG = System.getLogger(SipCall.class.getName());
    private static final int CANCEL_PATIENCE_SECONDS = 32;

    private final boolean hasCredentials;
    private final SipLeg leg;
    private final LegIdentity identity;
    private final SerialExecutor sender;
    private final InviteWriter writer;
    private final InviteAuthorization authorization;
    private final CallTargets targets;
    private final Runnable forget;
    private final ProvisionalAnswers provisionals;
    private @Nullable SipCallListener listener;
    private @Nullable ClientTransaction current;
    private @Nullable Dialog winner;
    private String offer = "";
    private @Nullable SipReason cancelled;
    private boolean ringing;
    private boolean finished;

    /** @param forget is run when nothing more can come for this call */
    SipCall(
            SipTarget target,
            SipLeg leg,
            SerialExecutor sender,
            CallRouting routing,
            InviteWriter writer,
            Runnable forget) {
        this.hasCredentials = target.credentials().isPresent();
        this.leg = leg;
        this.identity = leg.identity();
        this.sender = sender;
        this.writer = writer;
        this.forget = forget;
        this.authorization = new InviteAuthorization(identity.replies().headers(), target.credentials());
        this.targets = new CallTargets(target, routing);
        if (hasCredentials) {
            identity.authorization(authorization);
        }
        this.provisionals = new ProvisionalAnswers(new OutgoingRequests(identity));
    }

    /** The dialog that is to be. Refusing it before it is answered cancels the INVITE. */
    public SipLeg leg() {
        return leg;
    }

    /** Looks for the first server; {@link SipCallListener#onLocated} or {@link SipCallListener#onFailed} follows. */
    public void locate(SipCallListener told) {
        sender.execute(() -> {
            listener = told;
            Reach reach = targets.next();
            if (reach == null) {
                fail(targets.status(), targets.detail());
            } else if (!finished) {
                leg.called(reach, targets.hop());
                told.onLocated(leg.invite().localAddress());
            }
        });
    }

    /** Sends the INVITE. Call once, after it was located. */
    public void invite(String sdp) {
        sender.execute(() -> {
            offer = sdp;
            if (!finished) {
                advance();
            }
        });
    }

    /** Gives up; {@link SipCallListener#onFailed} follows unless there was an answer before. */
    void cancel(SipReason reason) {
        sender.execute(() -> {
            if (finished || cancelled != null) {
                return;
            }
            cancelled = reason;
            if (current == null) {
                fail(Response.REQUEST_TERMINATED, reason.text());
                return;
            }
            if (ringing) {
                sendCancel(reason);
            }
            // else it waits for a provisional answer (RFC 3261 section 9.1)
            CompletableFuture.delayedExecutor(CANCEL_PATIENCE_SECONDS, TimeUnit.SECONDS, sender)
                    .execute(() -> fail(Response.REQUEST_TERMINATED, reason.text()));
        });
    }

    private void advance() {
        Reach reach = targets.next();
        while (reach != null) {
            try {
                send(reach);
                return;
            } catch (SipException | RuntimeException e) {
                current = null;
                targets.unreachable(e);
                reach = targets.next();
            }
        }
        fail(targets.status(), targets.detail());
    }

    private void send(Reach reach) throws SipException {
        identity.reach(reach);
        SIPRequest request = writer.next(targets.uri(), targets.hop(), reach, offer);
        authorization.sign(request);
        ClientTransaction transaction = reach.provider().getNewClientTransaction(request);
        current = transaction;
        ringing = false;
        transaction.sendRequest();
    }

    /** For events of the stack. */
    void responded(ResponseEvent event) {
        sender.execute(() -> {
            SIPResponse response = (SIPResponse) event.getResponse();
            int code = response.getStatusCode();
            if (code >= 200 && code < 300) {
                answered(event.getDialog(), response);
            } else if (event.getClientTransaction() != null
                    && event.getClientTransaction().equals(current)
                    && !finished) {
                if (code < 200) {
                    progressed(event.getDialog(), response);
                } else {
                    refused(response);
                }
            }
        });
    }

    /** For events of the stack: nobody has answered at all. */
    void timedOut(ClientTransaction transaction) {
        sender.execute(() -> {
            if (transaction.equals(current) && !finished) {
                targets.silent();
                current = null;
                continueOrFail();
            }
        });
    }

    private void progressed(@Nullable Dialog dialog, SIPResponse response) {
        boolean first = !ringing;
        ringing = true;
        if (cancelled != null && first) {
            sendCancel(cancelled);
        }
        if (response.getStatusCode() > Response.TRYING && cancelled == null && provisionals.take(dialog, response)) {
            boolean described = SipBodies.sdp(response).isPresent();
            listening().onProgress(response.getStatusCode(), described, provisionals.newDescription(response));
        }
    }

    private void refused(SIPResponse response) {
        int code = response.getStatusCode();
        current = null;
        if (InviteAuthorization.isChallenge(code) && cancelled == null && authorization.answers(response)) {
            advance();
            return;
        }
        targets.refused(response, SipFailures.detail(response, hasCredentials));
        if (code >= 600) {
            fail(code, targets.detail());
        } else {
            continueOrFail();
        }
    }

    private void continueOrFail() {
        if (cancelled == null) {
            advance();
        } else {
            fail(Response.REQUEST_TERMINATED, cancelled.text());
        }
    }

    private void answered(@Nullable Dialog dialog, SIPResponse response) {
        if (dialog == null || dialog.equals(winner)) {
            return;
        }
        boolean wanted = !finished && cancelled == null;
        if (wanted) {
            winner = dialog;
            finish();
            leg.established(dialog, response);
        }
        authorization.accepted();
        boolean acknowledged = Acknowledgements.send(dialog, response, identity);
        if (wanted) {
            listening().onAnswered(SipBodies.sdp(response).or(() -> provisionals.earlier(response)));
        } else if (acknowledged) {
            // another device was faster, or we have given up and our CANCEL came too late
            SipReason reason = cancelled == null ? new SipReason(200, "Call completed elsewhere") : cancelled;
            new OutgoingRequests(identity).bye(dialog, reason, gone -> {});
            if (cancelled != null) {
                fail(Response.REQUEST_TERMINATED, cancelled.text());
            }
        }
    }

    private void sendCancel(SipReason reason) {
        ClientTransaction invite = current;
        if (invite == null) {
            return;
        }
        try {
            Request cancel = invite.createCancel();
            cancel.setHeader(identity.replies().reason(reason));
            identity.provider().getNewClientTransaction(cancel).sendRequest();
        } catch (SipException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "CANCEL not sent", e);
        }
    }

    private SipCallListener listening() {
        return Objects.requireNonNull(listener);
    }

    private void fail(int failedStatus, String why) {
        if (!finished) {
            finish();
            if (listener != null) {
                listener.onFailed(failedStatus, why);
            }
        }
    }

    /** Other answers may come for 64 T1 (RFC 3261 section 13.2.2.4). */
    private void finish() {
        finished = true;
        CompletableFuture.delayedExecutor(CANCEL_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .execute(forget);
    }
}
