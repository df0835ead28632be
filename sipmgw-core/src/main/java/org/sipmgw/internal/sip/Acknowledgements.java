package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;

/** Acknowledges 2xx answers to our INVITEs; the stack does that with others, and again when the 2xx comes again. */
final class Acknowledgements {
    private static final System.Logger LOG = System.getLogger(Acknowledgements.class.getName());

    private Acknowledgements() {}

    /** Whether it was sent; where not the peer repeats its answer, and ends the call in the end. */
    static boolean send(Dialog dialog, SIPResponse response, LegIdentity identity) {
        try {
            SIPRequest ack = (SIPRequest) dialog.createAck(response.getCSeq().getSeqNumber());
            ack.getTopmostVia().setHost(identity.host());
            ack.setHeader(identity.replies().userAgent());
            ack.setApplicationData(identity.flow());
            dialog.sendAck(ack);
            return true;
        } catch (SipException | InvalidArgumentException | ParseException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "ACK not sent", e);
            return false;
        }
    }
}
