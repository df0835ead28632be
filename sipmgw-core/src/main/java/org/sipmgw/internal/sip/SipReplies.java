package org.sipmgw.internal.sip;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ReasonHeader;
import javax.sip.message.Message;

/** Makes responses and the headers that the gateway says of itself. */
final class SipReplies {
    static final List<String> METHODS =
            List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "UPDATE", "PRACK", "REFER", "NOTIFY");
    private static final String ALLOW = String.join(", ", METHODS);

    private static final String ACCEPT =
            "application/sdp, application/media_control+xml, application/dtmf-relay, application/dtmf";

    private final HeaderFactory headers = new HeaderFactoryImpl();
    private final String product;

    /** @param product for Server and User-Agent */
    SipReplies(String product) {
        this.product = product;
    }

    HeaderFactory headers() {
        return headers;
    }

    SIPResponse response(SIPRequest request, int status, String toTag) {
        try {
            SIPResponse response = request.createResponse(status);
            if (status > 100 && response.getTo().getTag() == null) {
                response.getTo().setTag(toTag);
            }
            response.setHeader(headers.createServerHeader(List.of(product)));
            return response;
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds what a 200 to OPTIONS and to INVITE says of the gateway (RFC 3261 section 11.2). */
    void addCapabilities(Message message) {
        message.setHeader(header("Allow", ALLOW));
        message.setHeader(header("Accept", ACCEPT));
        message.setHeader(header("Accept-Encoding", "identity"));
        message.setHeader(header("Supported", String.join(", ", OptionTags.OURS)));
    }

    Header accept() {
        return header("Accept", ACCEPT);
    }

    Header allow() {
        return header("Allow", ALLOW);
    }

    /** The one header that the stack's dialog reads back, so the stack must parse it. */
    Header contact(Reach reach, SipContact what) {
        String transport = reach.protocol().name().toLowerCase(Locale.ROOT);
        return contact(what.uri(reach.contact() + ";transport=" + transport));
    }

    /** A proxy to go through, by loose routing (RFC 3261 section 16.12). */
    Header route(SipUri proxy) {
        SipUri loose = (SipUri) proxy.clone();
        loose.setLrParam();
        try {
            return headers.createHeader("Route", "<" + loose + ">");
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A whole URI. */
    Header contact(String uri) {
        try {
            return headers.createHeader("Contact", "<" + uri + ">");
        } catch (ParseException e) {
            throw new IllegalArgumentException(uri, e);
        }
    }

    Header userAgent() {
        return header("User-Agent", product);
    }

    /** {@code Warning: 399}, a text for people (RFC 3261 section 20.43). */
    Header warning(String host, String text) {
        return header("Warning", "399 " + host + " \"" + quotable(text) + "\"");
    }

    Header reason(SipReason reason) {
        return header("Reason", "SIP;cause=" + reason.cause() + ";text=\"" + quotable(reason.text()) + "\"");
    }

    /** A header as it stands: the stack's own types of lists take one element each. */
    Header header(String name, String value) {
        ExtensionHeaderImpl header = new ExtensionHeaderImpl(name);
        header.setValue(value);
        return header;
    }

    Header retryAfter(int seconds) {
        try {
            return headers.createRetryAfterHeader(seconds);
        } catch (InvalidArgumentException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Optional<String> reasonOf(Message message) {
        return message.getHeader(ReasonHeader.NAME) instanceof ReasonHeader reason
                ? Optional.of(
                        reason.getText() == null ? reason.getProtocol() + " " + reason.getCause() : reason.getText())
                : Optional.empty();
    }

    /** Fit for a reason phrase or a quoted string: one line, no quotes, no surprises. */
    static String quotable(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\"\\\\]+", " ").strip();
        return line.length() > 120 ? line.substring(0, 120) : line;
    }
}
