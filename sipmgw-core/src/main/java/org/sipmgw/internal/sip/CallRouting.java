package org.sipmgw.internal.sip;

import gov.nist.javax.sip.address.SipUri;
import java.io.IOException;
import java.util.List;

/** Where the INVITEs of an outgoing call go. */
final class CallRouting {
    private final SipPoints points;
    private final HopLookup lookup;

    CallRouting(SipPoints points, HopLookup lookup) {
        this.points = points;
        this.lookup = lookup;
    }

    /** The servers of the first proxy, or without one of the address itself (RFC 3261 section 8.1.2). May block. */
    List<SipHop> hops(SipUri target, List<String> routes) throws IOException {
        SipUri next = routes.isEmpty() ? target : SipAddresses.uri(routes.get(0));
        String maddr = next.getMAddrParam();
        String host = maddr == null ? SipAddresses.host(next) : maddr;
        return lookup.find(
                host,
                Math.max(0, next.getPort()),
                SipAddresses.transport(next),
                next.isSecure() || (routes.isEmpty() && target.isSecure()));
    }

    Reach reach(SipHop hop) throws IOException {
        return points.towards(hop);
    }
}
