package org.sipmgw.internal.sip;

import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.MessageProcessorFactory;
import gov.nist.javax.sip.stack.OIOMessageProcessorFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import javax.sip.ListeningPoint;
import org.sipmgw.internal.sip.admission.FloodFilter;

/** The stack's blocking processors, but our own for UDP. The NIO ones lose TCP messages on Java 17. */
final class BoundedProcessors implements MessageProcessorFactory {
    private static final System.Logger LOG = System.getLogger(BoundedProcessors.class.getName());
    private final MessageProcessorFactory blocking = new OIOMessageProcessorFactory();
    private final int udpWorkers;
    private final FloodFilter filter;
    private final StunPings pings;

    BoundedProcessors(int udpWorkers, FloodFilter filter, StunPings pings) {
        this.pings = pings;
        this.udpWorkers = udpWorkers;
        this.filter = filter;
    }

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        if (!transport.equalsIgnoreCase(ListeningPoint.UDP)) {
            return blocking.createMessageProcessor(stack, address, port, transport);
        }
        letAnswersLeaveByTheSocketTheyCameBy(stack, address);
        return new BoundedUdpProcessor(address, stack, port, udpWorkers, filter, pings);
    }

    /** That is a flag of the stack which its own factory alone can set. */
    private void letAnswersLeaveByTheSocketTheyCameBy(SIPTransactionStack stack, InetAddress address)
            throws IOException {
        MessageProcessor never = blocking.createMessageProcessor(stack, address, 0, ListeningPoint.UDP);
        try {
            never.stop();
        } catch (RuntimeException e) {
            // its socket is closed; it trips over its threads, which were never started
            LOG.log(System.Logger.Level.TRACE, "not started", e);
        }
    }
}
