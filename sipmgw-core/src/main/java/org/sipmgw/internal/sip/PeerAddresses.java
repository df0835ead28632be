package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Iterator;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderAddress;
import javax.sip.header.RecordRouteHeader;

/** Where requests of ours in a new dialog would go: the parser lets numbers pass that are no ports. */
final class PeerAddresses {
    private static final int LAST_PORT = 65_535;

    private PeerAddresses() {}

    /** Whether an address that the request gives for later requests cannot be sent to. */
    static boolean unreachable(SIPRequest request) {
        return unreachable(request.getHeaders(ContactHeader.NAME))
                || unreachable(request.getHeaders(RecordRouteHeader.NAME));
    }

    private static boolean unreachable(Iterator<?> headers) {
        while (headers.hasNext()) {
            if (headers.next() instanceof HeaderAddress header
                    && header.getAddress() != null
                    && header.getAddress().getURI() instanceof SipURI uri
                    && uri.getPort() > LAST_PORT) {
                return true;
            }
        }
        return false;
    }
}
