package org.sipmgw.internal.sip.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.net.SocketWatch;
import org.sipmgw.internal.sip.net.WatchedSocket;

/** Makes TLS sockets, and knows by which name each server is called. Thread-safe. */
public final class TlsSockets {
    private static final System.Logger LOG = System.getLogger(TlsSockets.class.getName());
    private static final int CONNECT_TIMEOUT_MS = 5000;
    private static final int HANDSHAKE_READ_TIMEOUT_MS = 8000;
    private static final int MOST_NAMES = 4096;

    private final TlsContext context;
    private final SocketWatch watch;
    private final List<TlsServerSocket> listening = new CopyOnWriteArrayList<>();
    private final Map<InetSocketAddress, String> names = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, String> eldest) {
            return size() > MOST_NAMES;
        }
    });

    /** Certificates of accounts, by server. */
    private final Map<InetSocketAddress, String> shown = new ConcurrentHashMap<>();

    private final Map<String, TlsContext> others = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Socket> opened = new ConcurrentHashMap<>();

    /** Sockets with these certificates. */
    public TlsSockets(TlsContext context, SocketWatch watch) {
        this.context = context;
        this.watch = watch;
    }

    static String[] protocols() {
        return new String[] {"TLSv1.3", "TLSv1.2"};
    }

    /** The name that the certificate of this server must bear: the domain of the URI, not what DNS made of it (RFC 5922). */
    public void expect(InetSocketAddress server, String name) {
        names.put(server, name);
    }

    /**
     * As above.
     *
     * @param certificate PEM file with certificate and key that this server is shown; empty where nothing else is said than
     *     before, and at first for the gateway's own
     */
    public void expect(InetSocketAddress server, String name, Optional<String> certificate) {
        expect(server, name);
        certificate.ifPresent(file -> shown.put(server, file));
    }

    private SSLContext context(InetSocketAddress server) {
        String file = shown.get(server);
        return file == null
                ? context.current()
                : others.computeIfAbsent(
                                file, any -> new TlsContext(context.settings().showing(Path.of(any))))
                        .current();
    }

    /** Connects; the handshake has yet to be made. Without {@link #expect} the certificate must bear the address. */
    public CarefulTlsSocket connect(InetAddress address, int port, @Nullable InetAddress local) throws IOException {
        Socket plain = new WatchedSocket(watch);
        try {
            if (local != null && !local.isAnyLocalAddress()) {
                plain.bind(new InetSocketAddress(local, 0));
            }
            watch.mark(plain);
            InetSocketAddress server = new InetSocketAddress(address, port);
            plain.connect(server, CONNECT_TIMEOUT_MS);
            String name = names.getOrDefault(server, address.getHostAddress());
            SSLSocket secured = (SSLSocket) context(server).getSocketFactory().createSocket(plain, name, port, true);
            SSLParameters checks = secured.getSSLParameters();
            checks.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(checks);
            limit(secured);
            opened.entrySet().removeIf(old -> old.getValue().isClosed());
            CarefulTlsSocket careful = new CarefulTlsSocket(secured);
            opened.put(server, careful);
            return careful;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** Listens. */
    public SSLServerSocket listen(InetAddress address, int port, int backlog) throws IOException {
        TlsServerSocket socket = new TlsServerSocket(context, watch, address, port, backlog);
        listening.add(socket);
        return socket;
    }

    /** Whether a connection that this peer opened stands. */
    public boolean holds(InetSocketAddress peer) {
        return listening.stream().anyMatch(socket -> socket.holds(peer));
    }

    /** Whether a connection that we opened to this server stands. */
    public boolean connectedTo(InetSocketAddress server) {
        Socket socket = opened.get(server);
        return socket != null && !socket.isClosed();
    }

    /** Our protocols only, and a peer that does not finish its handshake is let go. */
    static void limit(SSLSocket socket) throws SocketException {
        socket.setEnabledProtocols(protocols());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(HANDSHAKE_READ_TIMEOUT_MS);
        socket.addHandshakeCompletedListener(done -> {
            try {
                socket.setSoTimeout(0);
            } catch (SocketException closed) {
                LOG.log(System.Logger.Level.DEBUG, "closed right after its handshake");
            }
        });
    }
}
