package org.sipmgw.internal.sip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import java.text.ParseException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Answers what needs no dialog, before the stack spends a transaction on it: inspection of method, headers and body
 * (RFC 3261 section 8.2) and OPTIONS outside a dialog. Stateless as in section 8.2.7: a retransmission gets the same answer again.
 */
final class RequestGate implements SIPMessageValve {
    private static final System.Logger LOG = System.getLogger(RequestGate.class.getName());
    private static final Set<String> KNOWN_METHODS = Set.of("REGISTER", "SUBSCRIBE", "MESSAGE", "PUBLISH");
    private static final Set<String> SESSION_METHODS = Set.of(Request.INVITE, Request.UPDATE);

    private final SipReplies replies;
    private final AdmissionGate admission;
    private final Duration minSessionExpires;

    /** @param minSessionExpires session timers below are answered 422 */
    RequestGate(SipReplies replies, AdmissionGate admission, Duration minSessionExpires) {
        this.replies = replies;
        this.admission = admission;
        this.minSessionExpires = minSessionExpires;
    }

    @Override
    public boolean processRequest(SIPRequest request, MessageChannel channel) {
        Malformed malformed = request.getApplicationData() instanceof Malformed found ? found : null;
        if (request.getMethod().equals(Request.ACK)) {
            // one for a stateless refusal is absorbed (RFC 3261 section 8.2.7)
            return malformed == null && !tag(request).equals(request.getTo().getTag());
        }
        // an answer goes back to where the request came from, not to where its Via wants it (reflection)
        normalise(request.getTopmostVia(), channel);
        if (malformed == null && OwnLoops.sentByUs(request, channel.getSIPStack())) {
            answer(reply(request, Response.LOOP_DETECTED), channel);
            return false;
        }
        AdmissionGate.Verdict verdict = admission.judge(request, channel, this::reply);
        if (!verdict.admitted()) {
            answer(verdict.refusal(), channel);
            return false;
        }
        SIPResponse refusal = malformed == null ? inspect(request) : unreadable(request, malformed);
        if (refusal == null) {
            return true;
        }
        answer(refusal, channel);
        if (malformed != null && malformed.framingLost() && channel.isReliable()) {
            channel.close();
        }
        return false;
    }

    private static void answer(@Nullable SIPResponse refusal, MessageChannel channel) {
        if (refusal == null) {
            return;
        }
        try {
            channel.getMessageProcessor().getListeningPoint().getProvider().sendResponse(refusal);
        } catch (SipException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot answer " + channel.getPeerAddress(), e);
        }
    }

    private @Nullable SIPResponse inspect(SIPRequest request) {
        String method = request.getMethod();
        if (method.equals(Request.CANCEL)) {
            return null;
        }
        if (!SipReplies.METHODS.contains(method)) {
            int status = KNOWN_METHODS.contains(method) ? Response.METHOD_NOT_ALLOWED : Response.NOT_IMPLEMENTED;
            SIPResponse response = reply(request, status);
            response.setHeader(replies.allow());
            return response;
        }
        if (!request.getRequestURI().isSipURI()) {
            return reply(request, Response.UNSUPPORTED_URI_SCHEME);
        }
        boolean initial = request.getTo().getTag() == null;
        if (initial && request.getMaxForwards().getMaxForwards() == 0 && !method.equals(Request.OPTIONS)) {
            return reply(request, Response.TOO_MANY_HOPS);
        }
        if (PeerAddresses.unreachable(request)) {
            SIPResponse response = reply(request, Response.BAD_REQUEST);
            response.setReasonPhrase(
                    response.getReasonPhrase() + " (a port in Contact or Record-Route is above 65535)");
            return response;
        }
        Set<String> unknown = OptionTags.required(request);
        unknown.removeAll(OptionTags.OURS);
        if (!unknown.isEmpty()) {
            return badExtension(request, unknown);
        }
        if (SESSION_METHODS.contains(method) && sessionTooShort(request)) {
            SIPResponse response = reply(request, 422);
            response.setReasonPhrase("Session Interval Too Small");
            SessionTimerHeaders.tooSmall(response, minSessionExpires, replies);
            return response;
        }
        if (SESSION_METHODS.contains(method) && !SipBodies.empty(request)) {
            SIPResponse refusal = unreadableBody(request);
            if (refusal != null) {
                return refusal;
            }
        }
        if (initial && method.equals(Request.OPTIONS)) {
            SIPResponse response = reply(request, Response.OK);
            replies.addCapabilities(response);
            return response;
        }
        return null;
    }

    /** {@code maddr} and a transport that is not the one the request came by would lead the answer elsewhere. */
    private static void normalise(Via via, MessageChannel channel) {
        via.removeParameter("maddr");
        if (!channel.getTransport().equalsIgnoreCase(via.getTransport())) {
            try {
                via.setTransport(channel.getTransport().toUpperCase(Locale.ROOT));
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private SIPResponse unreadable(SIPRequest request, Malformed malformed) {
        SIPResponse response = reply(request, malformed.status());
        response.setReasonPhrase(response.getReasonPhrase() + " (" + SipReplies.quotable(malformed.reason()) + ")");
        return response;
    }

    private SIPResponse badExtension(SIPRequest request, Set<String> unknown) {
        SIPResponse response = reply(request, Response.BAD_EXTENSION);
        response.setHeader(replies.header("Unsupported", String.join(", ", unknown)));
        return response;
    }

    /** A 422 means nothing to who lacks the extension: then a proxy has set the timer (RFC 4028 section 9). */
    private boolean sessionTooShort(SIPRequest request) {
        SipSessionTimer timer = SessionTimerHeaders.read(request);
        return timer.supported()
                && timer.interval()
                        .filter(interval -> interval.compareTo(minSessionExpires) < 0)
                        .isPresent();
    }

    private @Nullable SIPResponse unreadableBody(SIPRequest request) {
        if (SipBodies.encoded(request)) {
            SIPResponse response = reply(request, Response.UNSUPPORTED_MEDIA_TYPE);
            response.setHeader(replies.header("Accept-Encoding", "identity"));
            return response;
        }
        if (SipBodies.sdp(request).isEmpty()) {
            SIPResponse response = reply(request, Response.UNSUPPORTED_MEDIA_TYPE);
            response.setHeader(replies.header("Accept", "application/sdp"));
            return response;
        }
        return null;
    }

    /** The To tag of a stateless answer must be the same each time: made of what a retransmission repeats. */
    private SIPResponse reply(SIPRequest request, int status) {
        return replies.response(request, status, tag(request));
    }

    private static String tag(SIPRequest request) {
        int hash = (request.getCallId().getCallId()
                        + request.getTopmostVia().getBranch()
                        + request.getFrom().getTag())
                .hashCode();
        return "s" + Integer.toHexString(hash);
    }

    @Override
    public boolean processResponse(Response response, MessageChannel channel) {
        return true;
    }

    @Override
    public void init(SipStack stack) {}

    @Override
    public void destroy() {}
}
