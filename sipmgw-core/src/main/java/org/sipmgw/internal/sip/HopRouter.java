package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.DefaultRouter;
import gov.nist.javax.sip.stack.HopImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ListIterator;
import java.util.Locale;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** Sends a request where its {@link SipHop} says, or back through the {@link SipFlow} of its dialog; others where the stack's own router does. */
final class HopRouter implements Router {
    private final DefaultRouter others;
    private final TlsSockets tls;

    HopRouter(DefaultRouter others, TlsSockets tls) {
        this.others = others;
        this.tls = tls;
    }

    @Override
    public Hop getNextHop(Request request) throws SipException {
        if (((SIPRequest) request).getApplicationData() instanceof SipHop hop) {
            String transport = hop.protocol().name().toLowerCase(Locale.ROOT);
            if (hop.protocol() == SipBinding.Protocol.TLS) {
                tls.expect(new InetSocketAddress(hop.address(), hop.port()), hop.serverName(), hop.certificate());
            }
            return new HopImpl(LocalAddresses.inUri(hop.address()), hop.port(), transport);
        }
        if (((SIPRequest) request).getApplicationData() instanceof SipFlow flow && tls.holds(flow.peer())) {
            InetSocketAddress peer = flow.peer();
            return new HopImpl(LocalAddresses.inUri(peer.getAddress()), peer.getPort(), "tls");
        }
        Hop found = others.getNextHop(request);
        if (found != null && "tls".equalsIgnoreCase(found.getTransport())) {
            expectName(found);
        }
        return found;
    }

    /** A name in a Contact or Route is what the certificate must bear. */
    private void expectName(Hop hop) throws SipException {
        String host = hop.getHost().replaceAll("[\\[\\]]", "");
        try {
            tls.expect(new InetSocketAddress(InetAddress.getByName(host), hop.getPort()), host);
        } catch (UnknownHostException e) {
            throw new SipException(host + " is not found", e);
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "deprecation"}) // the interface of the stack
    public ListIterator getNextHops(Request request) {
        return others.getNextHops(request);
    }

    @Override
    public Hop getOutboundProxy() {
        return others.getOutboundProxy();
    }
}
