package org.sipmgw.internal.sip;

import gov.nist.core.net.DefaultNetworkLayer;
import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.net.CarefulSocket;
import org.sipmgw.internal.sip.net.SocketWatch;
import org.sipmgw.internal.sip.net.WatchedServerSocket;
import org.sipmgw.internal.sip.tls.CarefulTlsSocket;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** The sockets of the stack: its own for UDP, watched ones for TCP and TLS. */
final class StackSockets implements NetworkLayer {
    private static final int CONNECT_TIMEOUT_MS = 5000;
    private final NetworkLayer plain = DefaultNetworkLayer.SINGLETON;
    private final TlsSockets tls;
    private final UnreadConnections unread = new UnreadConnections();
    private final SocketWatch watch;

    StackSockets(TlsSockets tls, SocketWatch watch) {
        this.tls = tls;
        this.watch = watch;
    }

    /** Ends the connections that the stack has opened and forgotten. */
    void close() {
        unread.close();
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return tls.listen(address, port, backlog);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        return createSSLSocket(address, port, null);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, @Nullable InetAddress local) throws IOException {
        CarefulTlsSocket socket = tls.connect(address, port, local);
        unread.opened(socket);
        return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return new WatchedServerSocket(watch, () -> new CarefulSocket(watch), address, port, backlog);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return connected(address, port, null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local) throws IOException {
        return connected(address, port, local);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        return connected(address, port, local);
    }

    private Socket connected(InetAddress address, int port, @Nullable InetAddress local) throws IOException {
        CarefulSocket socket = new CarefulSocket(watch);
        try {
            if (local != null && !local.isAnyLocalAddress()) {
                socket.bind(new InetSocketAddress(local, 0));
            }
            watch.mark(socket);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
            unread.opened(socket);
            return socket;
        } catch (SocketTimeoutException e) {
            socket.close();
            // the stack takes a SocketException for what it is, and others for trouble with writing
            throw (ConnectException) new ConnectException("no connection in time").initCause(e);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return marked(plain.createDatagramSocket());
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        return marked(plain.createDatagramSocket(port, address));
    }

    private DatagramSocket marked(DatagramSocket socket) throws SocketException {
        watch.mark(socket);
        return socket;
    }

    @Override
    public void setSipStack(SipStackImpl stack) {}
}
