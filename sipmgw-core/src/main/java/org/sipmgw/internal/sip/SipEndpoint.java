package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sipmgw.internal.sip.net.ElasticThreads;
import org.sipmgw.internal.sip.net.SocketWatch;
import org.sipmgw.internal.sip.tls.TlsContext;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** A SIP user agent on some listening points. Thread-safe. */
public final class SipEndpoint implements AutoCloseable {

    /** Is told of INVITEs. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A new INVITE, answered 100 so far. Called from a thread of the stack; returns at once. Says who takes the leg by
         * {@link SipLeg#listen} before anything else is done with it.
         */
        void onInvite(SipLeg leg);
    }

    private static final int SENDERS = 64;

    private final SipStackImpl stack;
    private final ThreadPoolExecutor senders;
    private final LegFactory legs;
    private final SipPoints points;
    private final HopLookup lookup;
    private final RequestSender requests;
    private final SocketWatch watch;
    private final ContactAddresses contacts;
    private boolean closed;

    private SipEndpoint(SipSettings settings, HopLookup lookup, Listener listener) {
        this.lookup = lookup;
        this.watch = new SocketWatch(settings.trafficClass());
        senders = ElasticThreads.pool("sip-send", SENDERS);
        SipReplies replies = new SipReplies(settings.product());
        contacts = new ContactAddresses(settings.publicPlace());
        legs = new LegFactory(replies, listener, senders, contacts);
        TlsSockets sockets = new TlsSockets(new TlsContext(settings.tls()), watch);
        StunPings pings = new StunPings();
        stack = JainStack.start(settings, sockets, watch, pings);
        points = new SipPoints(stack, new StackEvents(replies, legs), contacts);
        stack.sipMessageValves.add(new RequestGate(
                replies,
                new AdmissionGate(settings.admission(), settings.retryAfter(), replies, System::nanoTime),
                settings.minSessionExpires()));
        requests = new RequestSender(stack, sockets, points, replies, pings);
    }

    /**
     * Binds and listens.
     *
     * @param lookup finds the servers of addresses that are called
     * @throws IOException naming the binding that cannot be bound
     */
    public static SipEndpoint open(List<SipBinding> bindings, SipSettings settings, HopLookup lookup, Listener listener)
            throws IOException {
        SipEndpoint endpoint = new SipEndpoint(settings, lookup, listener);
        try {
            for (SipBinding binding : bindings) {
                endpoint.points.bind(binding);
            }
            return endpoint;
        } catch (IOException | RuntimeException e) {
            endpoint.close();
            throw e;
        }
    }

    /** Where it listens, with the ports it really has. */
    public List<SipBinding> bindings() {
        return points.bindings();
    }

    /** Whether it is a SIP address that a call can go to or through. */
    public static boolean isAddress(String text) {
        try {
            SipAddresses.uri(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Begins a call to somebody; nothing is sent before {@link SipCall#locate}.
     *
     * @throws IllegalArgumentException where an address of the target is no SIP address
     */
    public SipCall place(SipTarget target) {
        target.fromUri().ifPresent(SipAddresses::uri);
        target.routes().forEach(SipAddresses::uri);
        return legs.place(target, new CallRouting(points, lookup));
    }

    /** Sends a request outside a dialog; {@code answered} is told once, from another thread. Returns at once. */
    public void send(SipRequestText request, Consumer<SipAnswer> answered) {
        try {
            senders.execute(() -> requests.send(request, answered));
        } catch (RejectedExecutionException closing) {
            answered.accept(SipAnswer.none("the endpoint is closing"));
        }
    }

    /** Whether our Contacts depend on how servers see us; else they are configured. */
    public boolean learnsContacts() {
        return !contacts.areConfigured();
    }

    /** A server sees us there: what is sent to it, and answered to what comes from it, says so from now on. */
    public void seen(SipHop by, SipPlace place) {
        contacts.seen(by, place);
    }

    /** Whether the connection to a server that was sent a request still stands; always true for UDP. */
    public boolean connected(SipHop hop) {
        return requests.connected(hop);
    }

    /** Sends CRLF CRLF to a server that was sent a request (RFC 5626 section 3.5.1). Returns at once. */
    public void keepAlive(SipHop hop) {
        try {
            senders.execute(() -> requests.keepAlive(hop));
        } catch (RejectedExecutionException closing) {
            // nothing to keep alive any more
        }
    }

    /**
     * Asks a server over UDP by STUN where it sees us (RFC 5626 section 4.4.2). Returns at once.
     *
     * @param answered told once, from another thread, or never: servers need not know STUN
     */
    public void ping(SipHop hop, Consumer<SipPlace> answered) {
        try {
            senders.execute(() -> requests.ping(hop, answered));
        } catch (RejectedExecutionException closing) {
            // nothing to keep alive any more
        }
    }

    /** Stops listening and ends all threads; dialogs are forgotten, not ended. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            senders.shutdown();
            try {
                senders.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            senders.shutdownNow();
            JainStack.stop(stack);
            watch.close();
        }
    }
}
