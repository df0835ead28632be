package org.sipmgw.internal.sip;

import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Collects the header fields of one message that do not parse, instead of giving the message up at the first. */
final class ParseFaults implements ParseExceptionListener {
    private final Set<String> headers = new LinkedHashSet<>();
    private boolean contentLength;

    @Override
    @SuppressWarnings("rawtypes") // the stack's interface
    public void handleException(
            ParseException problem, SIPMessage message, Class headerClass, String header, String text) {
        int colon = header.indexOf(':');
        String name = colon < 0 ? header : header.substring(0, colon);
        headers.add(name.trim().toLowerCase(Locale.ROOT));
        contentLength |= headerClass == ContentLength.class || name.trim().equalsIgnoreCase("l");
        if (colon >= 0) {
            message.addUnparsed(header);
        }
    }

    /** Whether a header of this full or compact name did not parse. */
    boolean has(String fullName, String compactName) {
        return headers.contains(fullName.toLowerCase(Locale.ROOT)) || headers.contains(compactName);
    }

    boolean framingLost() {
        return contentLength;
    }

    boolean any() {
        return !headers.isEmpty();
    }
}
