package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Sends the responses of one dialog. On the leg's sender. */
final class LegResponses {
    private static final System.Logger LOG = System.getLogger(LegResponses.class.getName());
    private final LegIdentity identity;

    LegResponses(LegIdentity identity) {
        this.identity = identity;
    }

    /** Answers 200. */
    void accept(ServerTransaction transaction, SIPRequest request, Optional<String> sdp, SipSessionTimer timer) {
        SIPResponse response = identity.response(request, Response.OK);
        identity.replies().addCapabilities(response);
        SessionTimerHeaders.answer(response, timer, identity.replies());
        sdp.ifPresent(body -> addSdp(response, body));
        send(transaction, response);
    }

    void addSdp(SIPResponse response, String sdp) {
        try {
            response.setContent(sdp, identity.replies().headers().createContentTypeHeader("application", "sdp"));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(ServerTransaction to, SIPResponse response) {
        try {
            if (response.getStatusCode() == Response.OK
                    && response.getCSeq().getMethod().equals(Request.INVITE)) {
                // the stack starts this timer only after sending, and forgets an ACK that is faster than that
                ((SIPDialog) to.getDialog()).startRetransmitTimer((SIPServerTransaction) to, response);
            }
            to.sendResponse(response);
        } catch (SipException | InvalidArgumentException | RuntimeException e) {
            // the peer is gone or has got its answer: a missing ACK or silence will tell the call
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> response.getCallId().getCallId() + ": " + response.getStatusCode() + " not sent: " + e);
        }
    }
}
