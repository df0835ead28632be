package org.sipmgw.internal.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.net.StunBinding;

/** STUN keep-alives (RFC 5626 section 4.4.2) over the UDP sockets of the stack, beside its messages. Thread-safe. */
final class StunPings {
    private static final int MOST_OPEN = 256;

    private final SecureRandom random = new SecureRandom();
    private final Map<InetSocketAddress, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<String, Ping> open = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ping> eldest) {
            return size() > MOST_OPEN;
        }
    };

    private record Ping(InetSocketAddress server, Consumer<SipPlace> answered) {}

    /** Sends by one of the stack's sockets. */
    interface Socket {
        void send(byte[] datagram, InetSocketAddress to) throws IOException;
    }

    /** There is a socket, at this address. */
    void opened(InetSocketAddress bound, Socket socket) {
        sockets.put(bound, socket);
    }

    /** That socket is closed. */
    void closed(InetSocketAddress bound) {
        sockets.remove(bound);
    }

    /**
     * Asks once.
     *
     * @param bound one of the sockets
     * @param answered told where the server sees us, on the thread that reads the socket, or never
     */
    void ping(InetSocketAddress bound, InetSocketAddress server, Consumer<SipPlace> answered) throws IOException {
        Socket socket = sockets.get(bound);
        if (socket == null) {
            throw new IOException("no UDP socket at " + bound);
        }
        byte[] id = new byte[StunBinding.idBytes()];
        random.nextBytes(id);
        synchronized (open) {
            open.put(HexFormat.of().formatHex(id), new Ping(server, answered));
        }
        socket.send(StunBinding.request(id), server);
    }

    /** Takes a datagram where it is STUN: then it is nothing for the stack, whatever it says. */
    boolean took(byte[] datagram, int length, @Nullable InetSocketAddress from) {
        if (!StunBinding.is(datagram, length)) {
            return false;
        }
        Ping ping;
        synchronized (open) {
            String id = StunBinding.id(datagram);
            ping = open.get(id);
            if (ping == null || !ping.server().equals(from)) {
                return true;
            }
            open.remove(id);
        }
        Consumer<SipPlace> answered = ping.answered();
        StunBinding.mapped(datagram, length)
                .map(seen -> new SipPlace(LocalAddresses.inUri(seen.getAddress()), seen.getPort()))
                .ifPresent(answered);
        return true;
    }
}
