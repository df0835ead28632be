package org.sipmgw.internal.sip;

import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SipStackImpl;
import java.util.Properties;
import java.util.UUID;
import javax.sip.IOExceptionEvent;
import javax.sip.PeerUnavailableException;
import org.sipmgw.internal.sip.admission.FloodFilter;
import org.sipmgw.internal.sip.net.SocketWatch;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** Starts the stack with the settings that work, and stops it so that no thread stays. */
final class JainStack {
    private static final System.Logger LOG = System.getLogger(JainStack.class.getName());

    private JainStack() {}

    static SipStackImpl start(SipSettings told, TlsSockets tls, SocketWatch watch, StunPings pings) {
        Properties settings = new Properties();
        settings.setProperty("javax.sip.STACK_NAME", "sipmgw-" + UUID.randomUUID());
        settings.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "on");
        set(settings, "STACK_LOGGER", SystemStackLogger.class.getName());
        set(settings, "SERVER_LOGGER", SilentServerLogger.class.getName());
        set(settings, "AUTOMATIC_DIALOG_ERROR_HANDLING", "true");
        set(settings, "DELIVER_UNSOLICITED_NOTIFY", "true");
        set(settings, "REENTRANT_LISTENER", "true");
        set(settings, "TIMER_CLASS_NAME", StackTimer.class.getName());
        set(settings, "THREAD_POOL_SIZE", "8");
        set(settings, "THREAD_PRIORITY", String.valueOf(Thread.NORM_PRIORITY));
        set(settings, "MAX_SERVER_TRANSACTIONS", String.valueOf(told.maxTransactions()));
        // else the stack asks every TLS peer for a certificate; our sockets know better
        set(settings, "TLS_CLIENT_AUTH_TYPE", "Want");
        set(settings, "TLS_CLIENT_PROTOCOLS", "TLSv1.3,TLSv1.2");
        // answers of further devices may come for 64 T1 (RFC 3261 section 13.2.2.4)
        set(settings, "MAX_FORK_TIME_SECONDS", "32");
        set(settings, "MAX_MESSAGE_SIZE", "65536");
        // a burst waits in the kernel while we are busy; it grants what net.core.rmem_max allows
        set(settings, "RECEIVE_UDP_BUFFER_SIZE", "1048576");
        set(settings, "MAX_CONNECTIONS", "512");
        set(settings, "READ_TIMEOUT", "10000");
        set(settings, "CONNECTION_TIMEOUT", "5000");
        try {
            // not by SipFactory: it remembers every stack for ever
            SipStackImpl stack = new SignallingStack(
                    settings, tls, watch, new FloodFilter(told.admission(), System.nanoTime()), pings);
            stack.setMessageParserFactory(any -> new TolerantParser());
            return stack;
        } catch (PeerUnavailableException e) {
            throw new IllegalStateException("SIP stack", e);
        }
    }

    private static void set(Properties settings, String key, String value) {
        settings.setProperty("gov.nist.javax.sip." + key, value);
    }

    static void stop(SipStackImpl stack) {
        var scanner = stack.getEventScanner();
        try {
            stack.stop();
        } catch (RuntimeException e) {
            // a processor that is stopped before its thread has run throws
            LOG.log(System.Logger.Level.DEBUG, "stopping", e);
        }
        if (scanner != null) {
            // stopped, but it waits for an event that would make it look
            scanner.addEvent(new EventWrapper(new IOExceptionEvent(stack, "stopped", 0, "none"), null));
        }
    }
}
