package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.DefaultRouter;
import java.util.Properties;
import javax.sip.PeerUnavailableException;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** The stack with our sockets and our router, which it would otherwise make itself from the names of classes. */
final class SignallingStack extends SipStackImpl {
    private final StackSockets sockets;

    SignallingStack(Properties settings, TlsSockets tls) throws PeerUnavailableException {
        super(settings);
        this.sockets = new StackSockets(tls);
        this.networkLayer = sockets;
        setRouter(new HopRouter((DefaultRouter) getRouter(), tls));
    }

    @Override
    public void stop() {
        super.stop();
        sockets.close();
    }
}
