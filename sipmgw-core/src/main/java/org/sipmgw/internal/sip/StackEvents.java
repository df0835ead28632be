package org.sipmgw.internal.sip;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Brings the stack's events to their legs. Catches everything: the stack would swallow it without a word. */
final class StackEvents implements SipListenerExt {
    private static final System.Logger LOG = System.getLogger(StackEvents.class.getName());
    private final SipReplies replies;
    private final LegFactory legs;

    StackEvents(SipReplies replies, LegFactory legs) {
        this.replies = replies;
        this.legs = legs;
    }

    @Override
    public void processRequest(RequestEvent event) {
        SIPRequest request = (SIPRequest) event.getRequest();
        try {
            handle(event, request);
        } catch (TransactionAlreadyExistsException retransmission) {
            LOG.log(System.Logger.Level.DEBUG, "retransmission of " + request.getMethod());
        } catch (SipException peerGone) {
            LOG.log(System.Logger.Level.DEBUG, request.getMethod() + " cannot be answered", peerGone);
        } catch (InvalidArgumentException | ParseException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, request.getMethod() + " not handled", e);
            answer(event, request, Response.SERVER_INTERNAL_ERROR);
        }
    }

    private void handle(RequestEvent event, SIPRequest request)
            throws SipException, InvalidArgumentException, ParseException {
        SipLeg leg = legOf(event.getDialog());
        switch (request.getMethod()) {
            case Request.INVITE -> {
                if (leg != null) {
                    ask(SipDialogRequest.Kind.REINVITE, leg, event, request);
                } else if (request.getTo().getTag() == null) {
                    legs.invited((SipProvider) event.getSource(), event.getServerTransaction(), request);
                } else {
                    answer(event, request, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
                }
            }
            case Request.ACK -> {
                if (leg != null) {
                    leg.acknowledged();
                    leg.listener().onAck(request.getCSeq().getSeqNumber(), SipBodies.sdp(request));
                }
            }
            case Request.CANCEL -> {
                answer(event, request, Response.OK);
                if (leg != null) {
                    leg.listener().onCancel(SipReplies.reasonOf(request));
                }
            }
            case Request.BYE -> {
                answer(event, request, leg == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
                if (leg != null) {
                    leg.endedByPeer();
                    leg.listener().onBye(SipReplies.reasonOf(request));
                }
            }
            case Request.PRACK -> {
                answer(event, request, leg == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
                if (leg != null) {
                    leg.provisionalAcknowledged();
                }
            }
            case Request.UPDATE -> askOr481(SipDialogRequest.Kind.UPDATE, leg, event, request);
            case Request.REFER -> askOr481(SipDialogRequest.Kind.REFER, leg, event, request);
            case Request.NOTIFY -> askOr481(SipDialogRequest.Kind.NOTIFY, leg, event, request);
            case Request.INFO -> askOr481(SipDialogRequest.Kind.INFO, leg, event, request);
            default -> answer(event, request, leg == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
        }
    }

    private void askOr481(SipDialogRequest.Kind kind, @Nullable SipLeg leg, RequestEvent event, SIPRequest request)
            throws SipException {
        if (leg == null) {
            answer(event, request, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        } else {
            ask(kind, leg, event, request);
        }
    }

    private static void ask(SipDialogRequest.Kind kind, SipLeg leg, RequestEvent event, SIPRequest request)
            throws SipException {
        ServerTransaction transaction = event.getServerTransaction();
        if (transaction == null) {
            transaction = ((SipProvider) event.getSource()).getNewServerTransaction(request);
        }
        leg.listener().onRequest(new SipDialogRequest(kind, leg, transaction, request));
    }

    private void answer(RequestEvent event, SIPRequest request, int status) {
        var response = replies.response(
                request,
                status,
                "e" + Integer.toHexString(request.getCallId().getCallId().hashCode()));
        if (request.getMethod().equals(Request.OPTIONS)) {
            replies.addCapabilities(response);
        }
        try {
            if (event.getServerTransaction() != null) {
                event.getServerTransaction().sendResponse(response);
            } else if (!request.getMethod().equals(Request.ACK)) {
                ((SipProvider) event.getSource()).sendResponse(response);
            }
        } catch (SipException | InvalidArgumentException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, status + " not sent", e);
        }
    }

    private static @Nullable SipLeg legOf(@Nullable Dialog dialog) {
        return dialog != null && dialog.getApplicationData() instanceof SipLeg leg ? leg : null;
    }

    @Override
    public void processResponse(ResponseEvent event) {
        if (event.getClientTransaction() != null
                && event.getClientTransaction().getApplicationData() instanceof AnswerTaker taker) {
            taker.response((SIPResponse) event.getResponse());
            return;
        }
        boolean inDialog = event.getClientTransaction() != null
                && event.getClientTransaction().getApplicationData() != null;
        if (legs.placed().responded(event, inDialog)) {
            return;
        }
        if (event.getClientTransaction() != null
                && event.getResponse().getStatusCode() >= 200
                && event.getClientTransaction().getApplicationData() instanceof AnswerHandler waiting) {
            guarded(() -> waiting.answered((SIPResponse) event.getResponse()));
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (event.isServerTransaction()) {
            SipLeg leg = legOf(event.getServerTransaction().getDialog());
            SIPRequest request = (SIPRequest) event.getServerTransaction().getRequest();
            // of a re-INVITE it is only the ACK of a refusal that is missing
            if (leg != null
                    && request.getMethod().equals(Request.INVITE)
                    && request.getTo().getTag() == null) {
                // the stack has repeated a reliable provisional answer for 64 T1 (RFC 3262 section 3)
                leg.provisionalAcknowledged();
                leg.listener().onDialogLost("The room system did not acknowledge ringing");
            }
        } else if (event.getClientTransaction().getApplicationData() instanceof AnswerTaker taker) {
            taker.none("no answer in time");
        } else if (!legs.placed().timedOut(event.getClientTransaction())
                && event.getClientTransaction().getApplicationData() instanceof AnswerHandler waiting) {
            guarded(() -> waiting.failed(Response.REQUEST_TIMEOUT));
        }
    }

    private static void guarded(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException problem) {
            LOG.log(System.Logger.Level.WARNING, "answer not handled", problem);
        }
    }

    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {
        SipLeg leg = legOf(event.getDialog());
        if (leg != null && event.getReason() == DialogTimeoutEvent.Reason.AckNotReceived) {
            leg.acknowledged();
            leg.listener().onAckMissing();
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.log(System.Logger.Level.DEBUG, () -> "transport error to " + Optional.ofNullable(event.getHost()));
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    /** The stack keeps a dialog that is over for 32 s, with its transactions; our call is not to be kept with it. */
    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        event.getDialog().setApplicationData(null);
    }
}
