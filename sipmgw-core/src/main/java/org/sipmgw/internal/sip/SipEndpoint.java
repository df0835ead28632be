package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.TooManyListenersException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.sipmgw.internal.sip.tls.TlsContext;
import org.sipmgw.internal.sip.tls.TlsSockets;
import org.sipmgw.tls.TlsSettings;

/** A SIP user agent server on some listening points. Thread-safe. */
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

    private static final int SENDERS = 8;
    private static final int ATTEMPTS_FOR_FREE_PORT = 20;

    private final SipStackImpl stack;
    private final ThreadPoolExecutor senders;
    private final List<SipBinding> bindings = new ArrayList<>();
    private final List<SipProvider> providers = new ArrayList<>();
    private boolean closed;

    private SipEndpoint(String product, int maxTransactions, TlsSettings tls, Listener listener) {
        senders = new ThreadPoolExecutor(SENDERS, SENDERS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "sip-send");
            thread.setDaemon(true);
            return thread;
        });
        senders.allowCoreThreadTimeOut(true);
        SipReplies replies = new SipReplies(product);
        this.events = new StackEvents(replies, new LegFactory(replies, listener, senders));
        stack = JainStack.start(maxTransactions, new TlsSockets(new TlsContext(tls)));
        stack.sipMessageValves.add(new RequestGate(replies));
    }

    private final StackEvents events;

    /**
     * Binds and listens.
     *
     * @param product what we call ourselves
     * @param maxTransactions requests being handled at once; further ones are dropped and come again
     * @param tls certificates
     * @throws IOException naming the binding that cannot be bound
     */
    public static SipEndpoint open(
            List<SipBinding> bindings, String product, int maxTransactions, TlsSettings tls, Listener listener)
            throws IOException {
        SipEndpoint endpoint = new SipEndpoint(product, maxTransactions, tls, listener);
        try {
            for (SipBinding binding : bindings) {
                endpoint.bind(binding);
            }
            return endpoint;
        } catch (IOException | RuntimeException e) {
            endpoint.close();
            throw e;
        }
    }

    /** Where it listens, with the ports it really has. */
    public List<SipBinding> bindings() {
        return List.copyOf(bindings);
    }

    private void bind(SipBinding binding) throws IOException {
        IOException problem = null;
        int attempts = binding.port() == 0 ? ATTEMPTS_FOR_FREE_PORT : 1;
        for (int attempt = 0; attempt < attempts; attempt++) {
            int port = binding.port() == 0 ? freePort(binding) : binding.port();
            try {
                ListeningPoint point = stack.createListeningPoint(
                        binding.address(), port, binding.protocol().name());
                attach(point);
                bindings.add(new SipBinding(binding.protocol(), binding.address(), port));
                return;
            } catch (SipException | InvalidArgumentException | TooManyListenersException e) {
                problem = new IOException(
                        binding.protocol() + " " + binding.address() + ":" + port + " cannot be bound", e);
            }
        }
        throw java.util.Objects.requireNonNull(problem);
    }

    /** One provider holds one point of each protocol; a dialog may use both when they share the address. */
    private void attach(ListeningPoint point) throws SipException, TooManyListenersException {
        for (SipProvider provider : providers) {
            boolean sameAddress =
                    provider.getListeningPoints()[0].getIPAddress().equals(point.getIPAddress());
            if (sameAddress && provider.getListeningPoint(point.getTransport()) == null) {
                provider.addListeningPoint(point);
                return;
            }
        }
        SipProvider provider = stack.createSipProvider(point);
        provider.addSipListener(events);
        providers.add(provider);
    }

    private static int freePort(SipBinding binding) throws IOException {
        InetAddress address = InetAddress.getByName(binding.address());
        if (binding.protocol() != SipBinding.Protocol.UDP) {
            try (ServerSocket probe = new ServerSocket(0, 1, address)) {
                return probe.getLocalPort();
            }
        }
        try (DatagramSocket probe = new DatagramSocket(0, address)) {
            return probe.getLocalPort();
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
        }
    }
}
