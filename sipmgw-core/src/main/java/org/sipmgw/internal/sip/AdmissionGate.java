package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sip.header.UserAgentHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.RateLimit;
import org.sipmgw.internal.sip.admission.SourceRates;
import org.sipmgw.internal.sip.admission.TotalRate;
import org.sipmgw.internal.sip.auth.DigestRequest;
import org.sipmgw.internal.sip.auth.DigestServer;

/**
 * Applies the rules of admission to requests outside a dialog, before the stack spends a transaction on them. Its own
 * answers are bounded too, so that forged requests make little noise elsewhere. Thread-safe.
 */
final class AdmissionGate {
    /** Above that a flood is dropped without an answer. */
    private static final RateLimit ANSWERS = new RateLimit(2000, 2000);
    /** Wrong passwords from one source; more are refused without a look. */
    private static final RateLimit WRONG_PASSWORDS = new RateLimit(1, 10);

    private final AdmissionRules rules;
    private final Duration retryAfter;
    private final SipReplies replies;
    private final LongSupplier clockNs;
    private final SourceRates perSource;
    private final TotalRate total;
    private final TotalRate answers;
    private final SourceRates mistakes = new SourceRates(WRONG_PASSWORDS);
    private final Optional<DigestServer> digest;

    AdmissionGate(AdmissionRules rules, Duration retryAfter, SipReplies replies, LongSupplier clockNs) {
        this.rules = rules;
        this.retryAfter = retryAfter;
        this.replies = replies;
        this.clockNs = clockNs;
        this.perSource = new SourceRates(rules.perSource());
        this.total = new TotalRate(rules.total(), clockNs.getAsLong());
        this.answers = new TotalRate(ANSWERS, clockNs.getAsLong());
        this.digest = rules.digest().map(DigestServer::new);
    }

    /**
     * What becomes of a request.
     *
     * @param admitted whether it goes on
     * @param refusal the answer where it does not; null for none
     */
    record Verdict(boolean admitted, @Nullable SIPResponse refusal) {
        static final Verdict ADMITTED = new Verdict(true, null);
        static final Verdict DROPPED = new Verdict(false, null);
    }

    /** @param reply makes a stateless answer of a status */
    Verdict judge(SIPRequest request, MessageChannel channel, Replying reply) {
        String method = request.getMethod();
        if (request.getTo().getTag() != null || method.equals(Request.CANCEL)) {
            return Verdict.ADMITTED;
        }
        InetAddress source = request.getPeerPacketSourceAddress();
        boolean invite = method.equals(Request.INVITE);
        if (invite && known(request, channel)) {
            // it comes again: judged already
            return Verdict.ADMITTED;
        }
        if (scanner(request)) {
            return Verdict.DROPPED;
        }
        if (!rules.allows(source)) {
            return refused(reply.status(request, Response.FORBIDDEN));
        }
        if (!invite) {
            return Verdict.ADMITTED;
        }
        long nowNs = clockNs.getAsLong();
        if (!perSource.take(source, nowNs) || !total.take(nowNs)) {
            SIPResponse busy = reply.status(request, Response.SERVICE_UNAVAILABLE);
            busy.setHeader(replies.retryAfter(Math.toIntExact(Math.max(1, retryAfter.toSeconds()))));
            return refused(busy);
        }
        return digest.map(server -> authenticated(server, request, source, reply))
                .orElse(Verdict.ADMITTED);
    }

    interface Replying {
        SIPResponse status(SIPRequest request, int status);
    }

    private Verdict refused(SIPResponse answer) {
        return answers.take(clockNs.getAsLong()) ? new Verdict(false, answer) : Verdict.DROPPED;
    }

    private static boolean known(SIPRequest request, MessageChannel channel) {
        SIPTransactionStack stack = channel.getSIPStack();
        return stack.findTransaction(request, true) != null;
    }

    private boolean scanner(SIPRequest request) {
        return request.getHeader(UserAgentHeader.NAME) != null
                && rules.refuses(request.getHeader(UserAgentHeader.NAME).toString());
    }

    private Verdict authenticated(DigestServer server, SIPRequest request, InetAddress source, Replying reply) {
        if (rules.digest().stream().flatMap(access -> access.exempt().stream()).anyMatch(net -> net.contains(source))) {
            return Verdict.ADMITTED;
        }
        long nowMs = System.currentTimeMillis();
        String again = request.getCallId().getCallId() + request.getTopmostVia().getBranch();
        DigestServer.Result result = server.check(
                values(request),
                DigestRequest.of(request.getMethod(), request.getRequestURI().toString()),
                again,
                nowMs);
        return switch (result) {
            case GRANTED -> Verdict.ADMITTED;
            case MISSING, STALE ->
                refused(challenge(
                        server,
                        reply.status(request, Response.UNAUTHORIZED),
                        result == DigestServer.Result.STALE,
                        nowMs));
            case WRONG ->
                mistakes.take(source, clockNs.getAsLong())
                        ? refused(challenge(server, reply.status(request, Response.UNAUTHORIZED), false, nowMs))
                        : refused(reply.status(request, Response.FORBIDDEN));
        };
    }

    private SIPResponse challenge(DigestServer server, SIPResponse response, boolean stale, long nowMs) {
        server.challenges(stale, nowMs).forEach(value -> response.addHeader(replies.header("WWW-Authenticate", value)));
        return response;
    }

    private static List<String> values(SIPRequest request) {
        List<String> values = new ArrayList<>();
        Iterator<?> headers = request.getHeaders("Authorization");
        while (headers.hasNext()) {
            String line = headers.next().toString();
            values.add(line.substring(line.indexOf(':') + 1).strip());
        }
        return values;
    }
}
