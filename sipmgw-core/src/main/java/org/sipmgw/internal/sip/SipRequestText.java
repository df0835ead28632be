package org.sipmgw.internal.sip;

import java.util.List;

/**
 * A request outside a dialog, as its author writes it. Via, Max-Forwards, Allow, User-Agent and Content-Length are added when
 * it is sent, and {@link #LOCAL} becomes the address and transport that answers and calls can be sent to.
 *
 * @param hop where it goes
 * @param method for example REGISTER
 * @param uri the request URI
 * @param headers whole lines, From, To, Call-ID and CSeq among them
 */
public record SipRequestText(SipHop hop, String method, String uri, List<String> headers) {

    /** Stands for {@code HOST:PORT;transport=…} of our own. */
    public static final String LOCAL = "{local}";

    public SipRequestText {
        headers = List.copyOf(headers);
    }

    /** The first line only: headers may hold secrets. */
    @Override
    public String toString() {
        return method + " " + uri + " to " + hop;
    }
}
