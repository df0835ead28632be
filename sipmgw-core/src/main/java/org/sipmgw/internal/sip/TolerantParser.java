package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Parses requests that are wrong far enough to answer them. The stack alone drops them (UDP) or closes the connection
 * without a word (TCP); here a request with a Via gets its missing parts filled in and is marked {@link Malformed}.
 */
final class TolerantParser implements MessageParser {
    private static final Pattern OTHER_VERSION = Pattern.compile(" (SIP/(?!2\\.0$)\\S+)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern METHOD = Pattern.compile("^(?!SIP/)([A-Za-z0-9.!%*_+`'~-]{1,32})\\s");

    private final StringMsgParser parser = new StringMsgParser();

    @Override
    public @Nullable SIPMessage parseSIPMessage(
            byte[] bytes, boolean readBody, boolean strict, ParseExceptionListener listener) throws ParseException {
        try {
            return parse(bytes, readBody, strict);
        } catch (RuntimeException | StackOverflowError problem) {
            // the stack's parsers throw what they please at odd input; a thread of the stack must not die of it
            throw (ParseException) new ParseException("unreadable message", 0).initCause(problem);
        }
    }

    private @Nullable SIPMessage parse(byte[] bytes, boolean readBody, boolean strict) throws ParseException {
        ParseFaults faults = new ParseFaults();
        Matcher version = OTHER_VERSION.matcher(firstLine(bytes));
        if (version.find()) {
            // the stack's parser takes any version for 2.0
            return answerable(bytes, readBody, strict, Response.VERSION_NOT_SUPPORTED, version.group(1));
        }
        SIPMessage message;
        try {
            message = parser.parseSIPMessage(bytes, readBody, strict, faults);
        } catch (ParseException | RuntimeException problem) {
            return answerable(bytes, readBody, strict, Response.BAD_REQUEST, "Bad request line");
        }
        if (message instanceof SIPRequest request && (request.getMethod() == null || request.getRequestURI() == null)) {
            return answerable(bytes, readBody, strict, Response.BAD_REQUEST, "Bad request line");
        }
        if (message instanceof SIPRequest request) {
            RequestRepair.repair(request, faults);
        } else if (message != null && faults.any() && !RequestRepair.hasMandatoryHeaders(message)) {
            throw new ParseException("unreadable response", 0);
        }
        return message;
    }

    private static String firstLine(byte[] bytes) {
        int start = 0;
        while (start < bytes.length && bytes[start] < ' ' && bytes[start] >= 0) {
            start++;
        }
        int end = start;
        while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** A bad request line: everything else may still be good enough to answer. */
    private SIPMessage answerable(byte[] bytes, boolean readBody, boolean strict, int status, String reason)
            throws ParseException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).stripLeading();
        Matcher method = METHOD.matcher(text);
        int end = text.indexOf('\n');
        if (!method.find() || end < 0) {
            throw new ParseException("no request line", 0);
        }
        byte[] repaired = (method.group(1) + " sip:nobody@invalid.invalid SIP/2.0\r\n" + text.substring(end + 1))
                .getBytes(StandardCharsets.ISO_8859_1);
        ParseFaults faults = new ParseFaults();
        if (!(parser.parseSIPMessage(repaired, readBody, strict, faults) instanceof SIPRequest request)) {
            throw new ParseException("no request", 0);
        }
        request.setApplicationData(new Malformed(status, reason, faults.framingLost()));
        RequestRepair.repair(request, faults);
        return request;
    }
}
