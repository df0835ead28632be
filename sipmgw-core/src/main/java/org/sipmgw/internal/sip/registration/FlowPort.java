package org.sipmgw.internal.sip.registration;

import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipPlace;
import org.sipmgw.internal.sip.SipRequestText;

/** What a {@link Flow} needs done. What comes of it is told to the flow later, on its own thread. */
interface FlowPort {

    /** Find the servers; ends in {@link Flow#located}. */
    void locate(Flow flow);

    /** Send; ends in {@link Flow#answered} with that attempt. */
    void send(Flow flow, int attempt, SipRequestText request);

    /** Whether the connection stands. */
    boolean connected(SipHop hop);

    /** Send CRLF CRLF. */
    void keepAlive(SipHop hop);

    /** Ask by STUN; ends in {@link Flow#pinged}, or in nothing. */
    void ping(Flow flow, SipHop hop);

    /** Whether a Contact follows how the registrar sees us. */
    boolean learnsContacts();

    /** The registrar sees us there. */
    void seen(SipHop by, SipPlace place);

    /** Tell that the status is another now. */
    void changed(Flow flow);
}
