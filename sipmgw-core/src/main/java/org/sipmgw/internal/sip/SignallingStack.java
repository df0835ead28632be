package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.DefaultRouter;
import java.util.Properties;
import javax.sip.PeerUnavailableException;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** The stack with our sockets and our router, which it would otherwise make itself from the names of classes. */
final class SignallingStack extends SipStackImpl {

    SignallingStack(Properties settings, TlsSockets tls) throws PeerUnavailableException {
        super(settings);
        this.networkLayer = new StackSockets(tls);
        setRouter(new HopRouter((DefaultRouter) getRouter(), tls));
    }
}
