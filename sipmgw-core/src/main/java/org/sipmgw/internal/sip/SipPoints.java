package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TooManyListenersException;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/** The listening points of the stack and their providers. Thread-safe. */
final class SipPoints {
    private static final int ATTEMPTS_FOR_FREE_PORT = 20;
    private final SipStackImpl stack;
    private final StackEvents events;
    private final ContactAddresses contacts;
    private final List<SipBinding> bindings = new ArrayList<>();
    private final List<SipProvider> providers = new ArrayList<>();

    SipPoints(SipStackImpl stack, StackEvents events, ContactAddresses contacts) {
        this.contacts = contacts;
        this.stack = stack;
        this.events = events;
    }

    /** What was asked for, with the ports it really has. */
    synchronized List<SipBinding> bindings() {
        return List.copyOf(bindings);
    }

    synchronized void bind(SipBinding binding) throws IOException {
        ListeningPoint point = listen(binding);
        bindings.add(new SipBinding(binding.protocol(), binding.address(), point.getPort()));
    }

    /** How to reach a server: by a point of its protocol and family; one for sending alone is made where there is none. */
    synchronized Reach towards(SipHop hop) throws IOException {
        for (SipProvider provider : providers) {
            ListeningPoint point = provider.getListeningPoint(hop.protocol().name());
            if (point != null && fits(point, hop.address())) {
                return reach(provider, point, hop);
            }
        }
        String any = hop.address() instanceof Inet4Address ? "0.0.0.0" : "::";
        ListeningPoint made = listen(new SipBinding(hop.protocol(), any, 0));
        return reach(Objects.requireNonNull(providerOf(made)), made, hop);
    }

    private Reach reach(SipProvider provider, ListeningPoint point, SipHop hop) {
        InetAddress local = LocalAddresses.towards(point.getIPAddress(), hop.address());
        String host = LocalAddresses.inUri(local);
        SipPlace contact = contacts.towards(hop.address(), hop.protocol(), new SipPlace(host, point.getPort()));
        return new Reach(provider, local, host, point.getPort(), hop.protocol(), contact);
    }

    private static boolean fits(ListeningPoint point, InetAddress peer) throws IOException {
        InetAddress bound = InetAddress.getByName(point.getIPAddress());
        if (bound.isAnyLocalAddress()) {
            // Java's wildcard socket is one of both IP versions, and says :: where 0.0.0.0 was asked for
            return true;
        }
        boolean sameFamily = bound instanceof Inet4Address == peer instanceof Inet4Address;
        // from a loopback address nothing else can be reached
        return sameFamily && (!bound.isLoopbackAddress() || peer.isLoopbackAddress());
    }

    private @Nullable SipProvider providerOf(ListeningPoint point) {
        return providers.stream()
                .filter(provider -> Objects.equals(provider.getListeningPoint(point.getTransport()), point))
                .findFirst()
                .orElse(null);
    }

    private ListeningPoint listen(SipBinding binding) throws IOException {
        IOException problem = null;
        int attempts = binding.port() == 0 ? ATTEMPTS_FOR_FREE_PORT : 1;
        for (int attempt = 0; attempt < attempts; attempt++) {
            int port = binding.port() == 0 ? freePort(binding) : binding.port();
            try {
                ListeningPoint point = stack.createListeningPoint(
                        binding.address(), port, binding.protocol().name());
                attach(point);
                return point;
            } catch (SipException | InvalidArgumentException | TooManyListenersException e) {
                problem = new IOException(
                        binding.protocol() + " " + binding.address() + ":" + port + " cannot be bound", e);
            }
        }
        throw Objects.requireNonNull(problem);
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
}
