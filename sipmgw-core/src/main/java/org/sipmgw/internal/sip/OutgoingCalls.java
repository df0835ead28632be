package org.sipmgw.internal.sip;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** The INVITEs of ours that answers may come for, by Call-ID: an answer may outlive its transaction. Thread-safe. */
final class OutgoingCalls {
    private final Map<String, SipCall> calls = new ConcurrentHashMap<>();

    void add(String callId, SipCall call) {
        calls.put(callId, call);
    }

    void remove(String callId) {
        calls.remove(callId);
    }

    /** Whether it was an answer to the INVITE that began a call; not to a later one in its dialog. */
    boolean responded(ResponseEvent event, boolean inDialog) {
        Response response = event.getResponse();
        boolean toInvite = ((javax.sip.header.CSeqHeader) response.getHeader("CSeq"))
                .getMethod()
                .equals(Request.INVITE);
        SipCall call = toInvite && !inDialog ? calls.get(callId(response)) : null;
        if (call != null) {
            call.responded(event);
        }
        return call != null;
    }

    boolean timedOut(ClientTransaction transaction) {
        Request request = transaction.getRequest();
        boolean initial = request.getMethod().equals(Request.INVITE)
                && ((javax.sip.header.ToHeader) request.getHeader("To")).getTag() == null;
        SipCall call = initial ? calls.get(callId(request)) : null;
        if (call != null) {
            call.timedOut(transaction);
        }
        return call != null;
    }

    private static @Nullable String callId(javax.sip.message.Message message) {
        return ((javax.sip.header.CallIdHeader) message.getHeader("Call-ID")).getCallId();
    }
}
