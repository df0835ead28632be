package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Requests that we send inside a dialog. Each gets its final answer, or 408 without one. */
final class OutgoingRequests {
    private static final System.Logger LOG = System.getLogger(OutgoingRequests.class.getName());
    private final LegIdentity identity;

    OutgoingRequests(LegIdentity identity) {
        this.identity = identity;
    }

    void bye(@Nullable Dialog dialog, SipReason reason, Consumer<SipDialogAnswer> answered) {
        send(
                dialog,
                Request.BYE,
                request -> request.setHeader(identity.replies().reason(reason)),
                new Plain(answered));
    }

    void info(@Nullable Dialog dialog, String type, String subtype, String body, Consumer<SipDialogAnswer> answered) {
        send(dialog, Request.INFO, request -> content(request, type, subtype, body), new Plain(answered));
    }

    /** Without a body. */
    void update(@Nullable Dialog dialog, SipSessionTimer timer, Consumer<SipDialogAnswer> answered) {
        send(dialog, Request.UPDATE, request -> ofSession(request, timer), new Plain(answered));
    }

    void reinvite(@Nullable Dialog dialog, String sdp, SipSessionTimer timer, Consumer<SipDialogAnswer> answered) {
        send(
                dialog,
                Request.INVITE,
                request -> {
                    ofSession(request, timer);
                    content(request, "application", "sdp", sdp);
                },
                new Reinvited(dialog, answered));
    }

    void refer(@Nullable Dialog dialog, String target, Consumer<SipDialogAnswer> answered) {
        send(
                dialog,
                Request.REFER,
                request -> {
                    request.setHeader(identity.contact());
                    request.setHeader(identity.replies().header("Refer-To", "<" + target + ">"));
                    request.setHeader(identity.replies()
                            .header(
                                    "Referred-By",
                                    "<" + request.getFrom().getAddress().getURI() + ">"));
                    request.setHeader(identity.replies().allow());
                },
                new Plain(answered));
    }

    /** Acknowledges a reliable provisional answer (RFC 3262). */
    void prack(Dialog dialog, SIPResponse response) {
        send(dialog, Request.PRACK, any -> (SIPRequest) any.createPrack(response), request -> {}, new Plain(any -> {}));
    }

    void notifyTransfer(@Nullable Dialog dialog, long referCseq, String state, String statusLine) {
        send(
                dialog,
                Request.NOTIFY,
                request -> {
                    request.setHeader(identity.contact());
                    request.setHeader(identity.replies().header("Event", "refer;id=" + referCseq));
                    request.setHeader(identity.replies().header("Subscription-State", state));
                    request.setContent(
                            (statusLine + "\r\n").getBytes(StandardCharsets.UTF_8),
                            identity.replies().headers().createContentTypeHeader("message", "sipfrag;version=2.0"));
                },
                new Plain(any -> {}));
    }

    /** A target refresh request bears Contact, and says what we can. */
    private void ofSession(SIPRequest request, SipSessionTimer timer) {
        request.setHeader(identity.contact());
        identity.replies().addCapabilities(request);
        SessionTimerHeaders.ask(request, timer, identity.replies());
    }

    private void content(SIPRequest request, String type, String subtype, String body) throws ParseException {
        request.setContent(
                body.getBytes(StandardCharsets.UTF_8),
                identity.replies().headers().createContentTypeHeader(type, subtype));
    }

    private void send(@Nullable Dialog dialog, String method, Filling filling, AnswerHandler handler) {
        send(dialog, method, any -> (SIPRequest) any.createRequest(method), filling, handler);
    }

    private void send(@Nullable Dialog dialog, String method, Making making, Filling filling, AnswerHandler handler) {
        if (dialog == null) {
            handler.failed(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
            return;
        }
        try {
            SIPRequest request = making.make(dialog);
            // a wildcard listening point would name 0.0.0.0
            request.getTopmostVia().setHost(identity.host());
            request.setHeader(identity.replies().userAgent());
            request.setApplicationData(identity.flow());
            filling.fill(request);
            AnswerHandler told = handler;
            InviteAuthorization authorization = identity.authorization();
            if (authorization != null) {
                authorization.sign(request);
                told = new Challenged(authorization, handler, () -> send(dialog, method, making, filling, handler));
            }
            ClientTransaction transaction = identity.provider().getNewClientTransaction(request);
            transaction.setApplicationData(told);
            dialog.sendRequest(transaction);
        } catch (SipException | ParseException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, method + " not sent", e);
            handler.failed(Response.REQUEST_TIMEOUT);
        }
    }

    /** Sends a request again that a proxy or the other end wants a password for (RFC 3261 section 22). */
    private record Challenged(InviteAuthorization authorization, AnswerHandler told, Runnable again)
            implements AnswerHandler {
        @Override
        public void answered(SIPResponse response) {
            if (InviteAuthorization.isChallenge(response.getStatusCode()) && authorization.answers(response)) {
                again.run();
                return;
            }
            if (response.getStatusCode() < 300) {
                authorization.accepted();
            }
            told.answered(response);
        }

        @Override
        public void failed(int status) {
            told.failed(status);
        }
    }

    private interface Making {
        SIPRequest make(Dialog dialog) throws SipException;
    }

    private interface Filling {
        void fill(SIPRequest request) throws ParseException;
    }

    private record Plain(Consumer<SipDialogAnswer> told) implements AnswerHandler {
        @Override
        public void answered(SIPResponse response) {
            told.accept(SipDialogAnswer.of(response));
        }

        @Override
        public void failed(int status) {
            told.accept(SipDialogAnswer.none(status));
        }
    }

    /** Acknowledges a 2xx; the stack does that with other answers. */
    private final class Reinvited implements AnswerHandler {
        private final @Nullable Dialog dialog;
        private final Consumer<SipDialogAnswer> told;

        Reinvited(@Nullable Dialog dialog, Consumer<SipDialogAnswer> told) {
            this.dialog = dialog;
            this.told = told;
        }

        @Override
        public void answered(SIPResponse response) {
            if (dialog != null && response.getStatusCode() < 300) {
                Acknowledgements.send(dialog, response, identity);
            }
            told.accept(SipDialogAnswer.of(response));
        }

        @Override
        public void failed(int status) {
            told.accept(SipDialogAnswer.none(status));
        }
    }
}
