package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.DefaultRouter;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.ServerRequestInterface;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import java.util.Properties;
import javax.sip.PeerUnavailableException;
import org.sipmgw.internal.sip.admission.FloodFilter;
import org.sipmgw.internal.sip.net.SocketWatch;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** The stack with our sockets and our router, which it would otherwise make itself from the names of classes. */
final class SignallingStack extends SipStackImpl {
    private static final int UDP_WORKERS = 8;
    private final StackSockets sockets;
    private final ConnectionTable connections = new ConnectionTable(this);

    SignallingStack(Properties settings, TlsSockets tls, SocketWatch watch, FloodFilter filter, StunPings pings)
            throws PeerUnavailableException {
        super(settings);
        this.sockets = new StackSockets(tls, watch);
        this.networkLayer = sockets;
        this.ioHandler = connections;
        setMessageProcessorFactory(new BoundedProcessors(UDP_WORKERS, filter, pings));
        setRouter(new HopRouter((DefaultRouter) getRouter(), tls));
    }

    @Override
    public ServerRequestInterface newSIPServerRequest(SIPRequest request, MessageChannel channel) {
        connections.read(channel);
        return super.newSIPServerRequest(request, channel);
    }

    @Override
    public ServerResponseInterface newSIPServerResponse(SIPResponse response, MessageChannel channel) {
        connections.read(channel);
        return super.newSIPServerResponse(response, channel);
    }

    @Override
    public void stop() {
        super.stop();
        sockets.close();
    }
}
