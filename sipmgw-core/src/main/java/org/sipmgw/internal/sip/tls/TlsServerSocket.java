package org.sipmgw.internal.sip.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.sipmgw.internal.sip.net.SocketWatch;
import org.sipmgw.internal.sip.net.WatchedSocket;

/**
 * Takes each connection with the certificates that are in force at that moment. Closing it closes what it has taken: the
 * stack forgets connections that have not brought a request.
 */
final class TlsServerSocket extends SSLServerSocket {
    private final TlsContext context;
    private final SocketWatch watch;
    private final Set<SSLSocket> taken = ConcurrentHashMap.newKeySet();

    TlsServerSocket(TlsContext context, SocketWatch watch, InetAddress address, int port, int backlog)
            throws IOException {
        this.context = context;
        this.watch = watch;
        setReuseAddress(true);
        bind(new InetSocketAddress(address, port), backlog);
    }

    /** Goes on after errors, such as having no file descriptor left: the stack would accept nothing from then on. */
    @Override
    public Socket accept() throws IOException {
        while (true) {
            WatchedSocket plain = new WatchedSocket(watch);
            try {
                implAccept(plain);
                if (watch.admits(plain)) {
                    return secured(plain);
                }
                plain.close();
            } catch (IOException | RuntimeException e) {
                plain.close();
                if (isClosed()) {
                    throw e;
                }
                SocketWatch.pauseAfter(e);
            }
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) context.current()
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        secured.setUseClientMode(false);
        switch (context.settings().clientCertificates()) {
            case NONE -> secured.setWantClientAuth(false);
            case WANTED -> secured.setWantClientAuth(true);
            case REQUIRED -> secured.setNeedClientAuth(true);
        }
        TlsSockets.limit(secured);
        CarefulTlsSocket careful = new CarefulTlsSocket(secured);
        taken.removeIf(Socket::isClosed);
        taken.add(careful);
        return careful;
    }

    boolean holds(InetSocketAddress peer) {
        return taken.stream().anyMatch(socket -> !socket.isClosed() && peer.equals(socket.getRemoteSocketAddress()));
    }

    @Override
    public void close() throws IOException {
        super.close();
        for (SSLSocket socket : taken) {
            socket.close();
        }
    }

    // what follows is asked by the stack and decided above, for each connection

    @Override
    public String[] getEnabledCipherSuites() {
        return context.current().getDefaultSSLParameters().getCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedCipherSuites() {
        return getEnabledCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return TlsSockets.protocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return TlsSockets.protocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setUseClientMode(boolean client) {}

    @Override
    public boolean getUseClientMode() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean allowed) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
