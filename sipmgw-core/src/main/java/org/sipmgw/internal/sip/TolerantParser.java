package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Parses requests that are wrong far enough to answer them. The stack alone drops them (UDP) or closes the connection
 * without a word (TCP); here a request with a Via gets its missing parts filled in and is marked {@link Malformed}.
 */
final class TolerantParser implements MessageParser {
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
        SIPMessage message;
        try {
            message = parser.parseSIPMessage(bytes, readBody, strict, faults);
        } catch (ParseException | RuntimeException problem) {
            message = withoutBadRequestLine(bytes, readBody, strict, faults);
        }
        if (message instanceof SIPRequest request) {
            RequestRepair.repair(request, faults);
        } else if (message != null && faults.any() && !RequestRepair.hasMandatoryHeaders(message)) {
            throw new ParseException("unreadable response", 0);
        }
        return message;
    }

    /** A request line with a bad URI: everything else may still be good enough to answer 400. */
    private SIPMessage withoutBadRequestLine(byte[] bytes, boolean readBody, boolean strict, ParseFaults faults)
            throws ParseException {
        String text = new String(bytes, StandardCharsets.UTF_8).stripLeading();
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end).stripTrailing();
        int space = line.indexOf(' ');
        if (space < 1 || line.startsWith("SIP/") || !line.substring(0, space).matches("[A-Za-z0-9.!%*_+`'~-]{1,32}")) {
            throw new ParseException("no request line", 0);
        }
        String repaired = line.substring(0, space) + " sip:invalid.invalid SIP/2.0\r\n" + text.substring(end + 1);
        SIPMessage message =
                parser.parseSIPMessage(repaired.getBytes(StandardCharsets.UTF_8), readBody, strict, faults);
        message.setApplicationData(new Malformed("Bad request line", faults.framingLost()));
        return message;
    }
}
