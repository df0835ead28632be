package org.sipmgw.internal.sip;

import gov.nist.core.net.DefaultNetworkLayer;
import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** The sockets of the stack: its own for UDP, ours for TCP and TLS. */
final class StackSockets implements NetworkLayer {
    private static final int CONNECT_TIMEOUT_MS = 5000;
    private final NetworkLayer plain = DefaultNetworkLayer.SINGLETON;
    private final TlsSockets tls;
    private final UnreadConnections unread = new UnreadConnections();

    StackSockets(TlsSockets tls) {
        this.tls = tls;
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
        return tls.connect(address, port, null);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, @Nullable InetAddress local) throws IOException {
        return tls.connect(address, port, local);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return new CarefulSocket.Listening(port, backlog, address);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return connected(new InetSocketAddress(address, port), null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, @Nullable InetAddress local) throws IOException {
        return createSocket(address, port, local, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, @Nullable InetAddress local, int localPort)
            throws IOException {
        // any port: the one that is meant is that of the listening socket
        return connected(new InetSocketAddress(address, port), local == null ? null : new InetSocketAddress(local, 0));
    }

    private Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from) throws IOException {
        CarefulSocket socket = new CarefulSocket();
        try {
            if (from != null) {
                socket.bind(from);
            }
            socket.connect(to, CONNECT_TIMEOUT_MS);
            unread.opened(socket);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return plain.createDatagramSocket();
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        return plain.createDatagramSocket(port, address);
    }

    @Override
    public void setSipStack(SipStackImpl stack) {}
}
