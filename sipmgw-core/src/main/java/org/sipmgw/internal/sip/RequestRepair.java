package org.sipmgw.internal.sip;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.HeaderParser;
import gov.nist.javax.sip.parser.ParserFactory;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Finds what a request lacks (RFC 3261 section 8.1.1) and fills it in so that the stack can carry it to the 400. */
final class RequestRepair {
    private RequestRepair() {}

    static boolean hasMandatoryHeaders(SIPMessage message) {
        return message.getFrom() != null
                && message.getTo() != null
                && message.getCallId() != null
                && message.getCSeq() != null
                && message.getTopmostVia() != null;
    }

    /**
     * Marks the request {@link Malformed} when something is wrong.
     *
     * @throws ParseException when it cannot even be answered
     */
    static void repair(SIPRequest request, ParseFaults faults) throws ParseException {
        if (request.getTopmostVia() == null) {
            throw new ParseException("no Via", 0);
        }
        String reason = fault(request, faults);
        if (request.getApplicationData() instanceof Malformed) {
            fillIn(request);
        } else if (reason != null) {
            fillIn(request);
            request.setApplicationData(new Malformed(Response.BAD_REQUEST, reason, faults.framingLost()));
        } else if (request.getMaxForwards() == null) {
            // RFC 2543 devices have none; RFC 3261 section 16.3 lets such requests pass
            addMaxForwards(request);
        }
    }

    private static @Nullable String fault(SIPRequest request, ParseFaults faults) {
        if (faults.framingLost()) {
            return "Bad Content-Length header";
        }
        if (request.getCallId() == null || request.getCallId().getCallId().isEmpty()) {
            return named("Call-ID", "i", faults);
        }
        if (request.getFrom() == null) {
            return named("From", "f", faults);
        }
        if (request.getTo() == null) {
            return named("To", "t", faults);
        }
        if (request.getCSeq() == null) {
            return named("CSeq", "cseq", faults);
        }
        if (!request.getMethod().equals(request.getCSeq().getMethod())) {
            return "CSeq names another method";
        }
        if (request.getMethod().equals(Request.INVITE) && request.getContactHeaders() == null) {
            return named("Contact", "m", faults);
        }
        if (faults.has("Max-Forwards", "max-forwards")) {
            return "Bad Max-Forwards header";
        }
        if (hasBody(request) && request.getContentTypeHeader() == null) {
            return named("Content-Type", "c", faults);
        }
        return null;
    }

    private static boolean hasBody(SIPRequest request) {
        return request.getContentLength() != null && request.getContentLength().getContentLength() > 0;
    }

    private static String named(String header, String compact, ParseFaults faults) {
        return (faults.has(header, compact) ? "Bad " : "Missing ") + header + " header";
    }

    private static void fillIn(SIPRequest request) throws ParseException {
        if (request.getFrom() == null) {
            request.setFrom((From) header("From: <sip:unknown@invalid.invalid>;tag=none"));
        }
        if (request.getTo() == null) {
            request.setTo((To) header("To: <sip:unknown@invalid.invalid>"));
        }
        if (request.getCallId() == null || request.getCallId().getCallId().isEmpty()) {
            request.setCallId((CallID) header("Call-ID: none"));
        }
        String method = request.getMethod();
        if (request.getCSeq() == null) {
            request.setCSeq((CSeq) header("CSeq: 1 " + method));
        } else {
            request.getCSeq().setMethod(method);
        }
        if (request.getMaxForwards() == null) {
            addMaxForwards(request);
        }
    }

    private static javax.sip.header.Header header(String line) throws ParseException {
        HeaderParser parser = ParserFactory.createParser(line + "\n");
        return parser.parse();
    }

    private static void addMaxForwards(SIPRequest request) throws ParseException {
        try {
            request.addHeader(new MaxForwards(70));
        } catch (InvalidArgumentException e) {
            throw new IllegalStateException(e);
        }
    }
}
