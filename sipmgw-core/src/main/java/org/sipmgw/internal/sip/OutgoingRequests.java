package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.function.IntConsumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Requests that we send inside a dialog. */
final class OutgoingRequests {
    private static final System.Logger LOG = System.getLogger(OutgoingRequests.class.getName());
    private final LegIdentity identity;

    OutgoingRequests(LegIdentity identity) {
        this.identity = identity;
    }

    /** Sends BYE; {@code answered} gets the status of the answer, 408 without one. */
    void bye(@Nullable Dialog dialog, SipReason reason, IntConsumer answered) {
        send(
                dialog,
                Request.BYE,
                request -> request.setHeader(identity.replies().reason(reason)),
                answered);
    }

    /** Sends INFO; {@code answered} gets the status of the answer, 408 without one. */
    void info(@Nullable Dialog dialog, String type, String subtype, String body, IntConsumer answered) {
        send(
                dialog,
                Request.INFO,
                request -> request.setContent(
                        body.getBytes(StandardCharsets.UTF_8),
                        identity.replies().headers().createContentTypeHeader(type, subtype)),
                answered);
    }

    private void send(@Nullable Dialog dialog, String method, Filling filling, IntConsumer answered) {
        if (dialog == null) {
            answered.accept(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
            return;
        }
        try {
            SIPRequest request = (SIPRequest) dialog.createRequest(method);
            // a wildcard listening point would name 0.0.0.0
            request.getTopmostVia().setHost(identity.host());
            request.setHeader(identity.replies().userAgent());
            request.setApplicationData(identity.flow());
            filling.fill(request);
            ClientTransaction transaction = identity.provider().getNewClientTransaction(request);
            transaction.setApplicationData(answered);
            dialog.sendRequest(transaction);
        } catch (SipException | ParseException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, method + " not sent", e);
            answered.accept(Response.REQUEST_TIMEOUT);
        }
    }

    private interface Filling {
        void fill(SIPRequest request) throws ParseException;
    }
}
